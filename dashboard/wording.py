"""Owns every word of the pages that does not come from the database: key -> Chinese and English.

Chinese comes first. A test fails on a key without both, on Chinese in the English column, on different placeholders, and
on a key the code asks for that is not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Words:
    """The words of one language."""

    language: str

    def __call__(self, key: str, **values: Any) -> str:
        """The words for a key, with the values put in."""
        return WORDING[key][0 if self.language == "zh" else 1].format(**values)

    def both(self, key: str) -> tuple[str, str]:
        """The words for a key in Chinese and in English."""
        return WORDING[key]

    def paragraphs(self, key: str) -> list[str]:
        """A longer text, a paragraph each."""
        return [pair[0 if self.language == "zh" else 1] for pair in TEXTS[key]]


WORDING: dict[str, tuple[str, str]] = {
    # the frame
    "product": ("苏州 AI＋制造 指标", "Suzhou AI + Manufacturing"),
    "rooms": ("页面", "Pages"),
    "nav_overview": ("总览", "Overview"),
    "nav_indicator": ("指标", "Indicators"),
    "nav_targets": ("目标", "Targets"),
    "nav_articles": ("文章", "Articles"),
    "nav_table": ("数据", "Data"),
    "nav_review": ("核对", "Review"),
    "nav_about": ("说明", "About"),
    "other_language": ("English", "中文"),
    "foot": ("数据版本 {version} · 第 {number} 次构建 · {when}", "Data version {version} · build {number} · {when}"),
    "licence": (
        "代码 MIT，数据 CC BY 4.0；文章文字属原发布者",
        "Code MIT, data CC BY 4.0; article texts belong to their publishers",
    ),
    "bad_value": (
        "地址中的 {name}={value} 无法使用，已改用默认值。",
        "{name}={value} in the address makes no sense here; the default is shown.",
    ),
    "no_build": ("还没有数据。请在项目目录运行：", "There are no data yet. In the project's folder, run:"),
    "bad_pointer": (
        "指向当前数据的文件有误。请在项目目录重新运行：",
        "The file that names the current data leads nowhere. In the project's folder, run:",
    ),
    "bad_build": (
        "数据文件无法打开。请在项目目录重新运行：",
        "The data file cannot be opened. In the project's folder, run:",
    ),
    "other_schema": (
        "数据由另一版本的程序生成。请在项目目录重新运行：",
        "The data were made by another version of this program. In the project's folder, run:",
    ),
    "not_answered": (
        "数据库没有答复。请刷新本页；若仍如此，请重新运行 python -m etl refresh。",
        "The database gave no answer. Reload the page; if that does not help, run python -m etl refresh again.",
    ),
    "then_reload": ("完成后刷新本页。数据目录：{folder}", "Then reload this page. Folder of the data: {folder}"),
    "colon": ("：", ": "),
    "comma": ("，", ", "),
    "list_comma": ("、", ", "),
    "close": ("关闭", "Close"),
    "copied": ("已复制", "Copied"),
    "copy_citation": ("复制引文", "Copy citation"),
    "legend": ("图例", "Marks"),
    "pages": ("分页", "Pages of the table"),
    # figures in words
    "as_of": ("截至 {when}", "as of {when}"),
    "measure_value": ("水平", "level"),
    "measure_new": ("新增", "new"),
    "measure_yoy": ("同比", "year on year"),
    "share_of": ("占{whole}", "share of {whole}"),
    "status": ("性质", "Kind"),
    "status_all": ("全部性质", "All kinds"),
    "status_actual": ("实际", "actual"),
    "status_estimate": ("预计", "estimate"),
    "status_target": ("目标", "target"),
    "outcome_open": ("尚无结果", "no outcome yet"),
    "outcome_met": ("已达到", "met"),
    "outcome_missed": ("未达到", "missed"),
    "outcome_silent": ("逾期未见报道", "overdue, not reported"),
    "origin": ("来源类型", "Origin"),
    "origin_all": ("全部来源", "All origins"),
    "origin_article": ("读自文章", "Read from articles"),
    "origin_curated": ("人工收录", "Curated"),
    "basis_stated": ("原文写明", "stated"),
    "basis_carried": ("承前文", "carried from before"),
    "basis_assumed": ("按发表信息推定", "assumed from the publication"),
    "period_is": ("时间", "period "),
    "place_is": ("地区", "place "),
    "kind_flow": ("期间合计", "total over a period"),
    "kind_stock": ("时点存量", "count at a date"),
    "kind_ratio": ("比率", "ratio"),
    "kind_list": ("榜单数", "entries of a list"),
    "cadence_monthly": ("每月发布", "reported monthly"),
    "cadence_quarterly": ("每季发布", "reported quarterly"),
    "cadence_half_yearly": ("每半年发布", "reported twice a year"),
    "cadence_yearly": ("每年发布", "reported yearly"),
    "cadence_irregular": ("不定期发布", "reported irregularly"),
    # marks
    "mark_actual": ("实际值（读自文章）", "actual, read from an article"),
    "mark_count": ("年内其他时点", "another count within the year"),
    "mark_curated": ("实际值（人工收录）", "actual, curated"),
    "mark_repost": ("实际值（收录自转载）", "actual, curated from a repost"),
    "mark_estimate": ("预计值", "estimate"),
    "mark_curated_estimate": ("预计值（人工收录）", "estimate, curated"),
    "mark_part": ("不足一年或日期为推定", "part of a year, or dated by assumption"),
    "mark_target": ("目标", "target"),
    "mark_met": ("目标已达到", "target met"),
    "mark_missed": ("目标未达到", "target missed"),
    "mark_computed": ("由水平值计算", "computed from levels"),
    "mark_above": ("至少（超、突破、以上）", "at least"),
    "mark_below": ("至多（近、不到）", "at most"),
    "mark_about": ("约", "about"),
    "mark_disagree": ("来源不一致", "sources disagree"),
    "mark_aside": ("未被采用的数字", "a figure set aside"),
    "mark_break": ("口径变化", "definition changed"),
    # overview
    "hero": ("苏州“人工智能＋制造”，逐年看", "Suzhou's AI + manufacturing, year by year"),
    "hero_lead": (
        "数字读自新闻报道。超、近、约照原样保留，目标与结果分开；每一个数字都能点回原文的那句话。",
        "Figures read from press articles. Hedges are kept, targets stand apart from outcomes, and each figure leads back to its sentence.",
    ),
    "head_facts": (
        "{indicators} 个指标 · {observations} 个数字，其中 {read} 个读自 {articles} 篇文章 · 更新于 {when}",
        "{indicators} indicators · {observations} figures, {read} of them read from {articles} articles · updated {when}",
    ),
    "headlines": ("要点", "Headlines"),
    "stated": ("同比，原文所载", "y/y, as stated"),
    "computed": ("较上年，由水平值计算", "y/y, computed"),
    "bounded": ("带界限，不算增速", "bounded, so no growth"),
    "no_year_before": ("无可比的上年数字", "no figure a year before"),
    "news": ("本次更新", "What the last refresh brought"),
    "news_when": ("{when}，第 {number} 次构建：", "{when}, build {number}: "),
    "news_counts": (
        "新增 {added} 个数字，修订 {revised} 个，撤回 {withdrawn} 个。",
        "{added} figures added, {revised} revised, {withdrawn} withdrawn.",
    ),
    "change_added": ("新增", "added"),
    "change_revised": ("修订", "revised"),
    "change_withdrawn": ("撤回", "withdrawn"),
    "catalogue": ("全部指标与年份", "All indicators by year"),
    "catalogue_note": (
        "格内为该年数字的个数；空格表示没有数字，不是零。点格看数字，点名称看走势。",
        "A cell counts the figures of that year; an empty one means no figure, not zero. A cell leads to its figures, a name to its chart.",
    ),
    "heat_legend": ("数字个数", "Figures"),
    "search": ("搜索指标", "Search indicators"),
    "search_hint": ("搜索指标：中文、英文或别名", "Search by Chinese or English name, or alias"),
    "nothing_found": (
        "没有与“{wanted}”相符的指标。换一个词，或清空搜索。",
        "No indicator matches {wanted}. Try another word, or clear the search.",
    ),
    "indicator": ("指标", "Indicator"),
    "latest": ("最近数字", "Latest figure"),
    "none_yet": ("暂无", "none yet"),
    "cell": ("{name}，{year} 年：{number} 个数字", "{name}, {year}: {number} figures"),
    # indicator
    "choose_indicator": ("选择指标（可输入查找）", "Choose an indicator (type to find)"),
    "show": ("显示方式", "Show"),
    "show_level": ("水平", "Level"),
    "show_new": ("当期新增", "New"),
    "show_change": ("增减", "Change"),
    "show_growth": ("同比", "% on the year before"),
    "show_index": ("指数", "Index"),
    "show_share": ("占比", "Share"),
    "scope": ("口径", "Definition"),
    "scope_plain": ("通常口径", "Usual definition"),
    "place": ("地区", "Place"),
    "years": ("年份", "Years"),
    "index_base": ("首个年份 = 100", "first year = 100"),
    "sources_more": ("{names}等 {number} 家", "{names} and others, {number} in all"),
    "articles_of_seeds": ("发布者未载明的文章", "articles without a named publisher"),
    "chart_foot": (
        "来源：{sources}。{product}，数据版本 {version}",
        "Sources: {sources}. {product}, data version {version}",
    ),
    "click_hint": (
        "点击图上的一点或表中的一行，看原句与出处。",
        "Click a mark or a row to see its sentence and source.",
    ),
    "computed_from": ("由 {year} 年与 {after} 年的数字计算", "computed from the figures of {year} and {after}"),
    "alt_line": (
        "{place}：最早 {first}，最近 {last}，最低 {least}，最高 {most}。",
        "{place}: first {first}, last {last}, least {least}, greatest {most}.",
    ),
    "no_figures": ("还没有这个指标的数字。", "There are no figures of this indicator yet."),
    "nothing_here": (
        "当前的地区、年份与筛选条件下没有数字。放宽其中一项试试。",
        "No figures for these places, years and filters. Widen one of them.",
    ),
    "figures": ("图中数字", "The figures"),
    "period": ("时间", "Period"),
    "value": ("数值", "Value"),
    "computed_head": ("计算值", "Computed"),
    "quote_or_title": ("原句或标题", "Sentence or title"),
    "source": ("来源", "Source"),
    "published": ("发表", "Published"),
    "title": ("标题", "Title"),
    "gap": ("与所载相差 {gap} 个百分点", "{gap} points from the stated"),
    "set_aside": ("另有数字优先", "another figure is preferred"),
    "why_estimate": ("是预计，另有实际值", "an estimate, where an actual figure stands"),
    "why_bound": ("带界限，另有确数", "bounded, where an exact figure stands"),
    "why_differs": ("与最近发表的不符", "at odds with the latest published"),
    "why_digits": ("位数较少", "printed with fewer digits"),
    "why_earlier": ("发表较早，或无日期", "published earlier, or undated"),
    "why_distance": ("离原始来源较远", "further from the source"),
    "why_same": ("与之相同", "the same"),
    "set_aside_here": ("同一数字另有 {number} 种来源，未采用", "Set aside for this figure: {number}"),
    "shown_instead": ("图上显示的是另一个数字", "Another figure is shown instead"),
    "this_one": ("本数字{why}", "this one is {why}"),
    "over_others": ("优先于另外 {number} 个来源", "preferred over {number} other source(s)"),
    "amended": ("经更正", "amended"),
    "amended_note": ("经人工更正，原因", "Amended by hand, because"),
    "known_on": ("当时所知", "As known on"),
    "known_on_note": (
        "只看某日及以前发表的数字：当时的图与表会怎样。没有发表日期的来源不计。",
        "Shows only what had been published by a day: the chart and the table as they would have been. Sources without a date are left out.",
    ),
    "known_on_day": (
        "此处只显示 {day}及以前发表的内容。",
        "These pages show only what had been published by {day}.",
    ),
    "back_to_now": ("回到现在", "Back to now"),
    "now": ("现在", "now"),
    "history": ("数字的来历", "How the figures were told"),
    "history_note": (
        "同一数字有几个来源时，按发表先后列出；粗点为图上所用。",
        "Where several sources tell one figure, in the order of publication; the heavy dot is the one shown.",
    ),
    "step_first": ("首次", "first told"),
    "step_repeated": ("相同", "repeated"),
    "step_agrees": ("在取整范围内相符", "agrees within rounding"),
    "step_sharpened": ("更确切", "sharpened"),
    "step_settled": ("预计成为实际", "settled"),
    "step_revised": ("不同", "revised"),
    "checks": ("对不上的数字", "Figures that do not fit"),
    "check_conflict": ("来源不一致", "sources disagree"),
    "check_growth": ("增速与水平值", "growth against levels"),
    "check_share": ("占比与两地数值", "share against part and whole"),
    "check_addition": ("新增与总数之差", "new against the difference of totals"),
    "check_falling": ("累计数下降", "a total that falls"),
    "check_share_above_100": ("占比过百", "share above 100"),
    "check_slip_1e4": ("似差一个“万”", "off by 10⁴"),
    "check_slip_1e8": ("似差一个“亿”", "off by 10⁸"),
    "finding_conflict": (
        "取整之后仍不相容，相差 {gap}%。两者都保留。",
        "They cannot both be right within their rounding; {gap} % apart. Both are kept.",
    ),
    "finding_growth": (
        "按前后两年的数值，增速应在 {allowed}。口径调整或按可比价计算时常有出入。",
        "The two levels allow {allowed}. Growth at comparable prices, or on a revised base, often differs.",
    ),
    "finding_share": ("按两地的数值，占比应在 {allowed}。", "Part and whole allow {allowed}."),
    "finding_addition": ("前后两次总数之差为 {allowed}。", "The two totals differ by {allowed}."),
    "finding_falling": (
        "此前已报 {allowed}，累计数不应减少。",
        "Earlier it was told to be {allowed}; such a total does not fall.",
    ),
    "finding_share_above_100": ("占比超过 100%，不计入图中。", "A share above 100 %: left out of the chart."),
    "finding_slip_1e4": (
        "与同一指标的其他数字相差约一万倍，不计入图中。",
        "About 10⁴ off the other figures of its series: left out of the chart.",
    ),
    "finding_slip_1e8": (
        "与同一指标的其他数字相差约一亿倍，不计入图中。",
        "About 10⁸ off the other figures of its series: left out of the chart.",
    ),
    "between": ("{low} 至 {high}", "{low} to {high}"),
    "rejected": ("已否决", "rejected"),
    "rejected_by_hand": ("人工否决", "rejected by hand"),
    "amended_what": ("已更正：{what}", "amended: {what}"),
    "corrected_by": ("{by}，{on}", "{by}, {on}"),
    "column_indicator": ("指标", "indicator"),
    "column_place": ("地区", "place"),
    "column_measure": ("度量", "measure"),
    "column_share_of": ("整体", "whole"),
    "column_scope": ("口径", "definition"),
    "column_status": ("性质", "kind"),
    "column_period": ("时间", "period"),
    "column_value": ("数值", "value"),
    "column_bound": ("界限", "bound"),
    "suspect": ("存疑", "suspect"),
    "suspect_note": ("存疑，不计入图中", "Suspect, left out of the chart"),
    "note": ("备注", "Note"),
    "in_other_language": ("（英文）", " (in Chinese)"),
    "curated_note_original": (
        "人工收录：读自原始页面，未保存全文。",
        "Curated: read at its original page; the text is not kept here.",
    ),
    "curated_note_repost": (
        "人工收录：读自转载页面，未保存全文。",
        "Curated: read in a repost; the text is not kept here.",
    ),
    "the_figure": ("所选数字", "The figure in view"),
    "read_in_article": ("在文章中查看", "Read it in the article"),
    "open_source": ("打开来源网页", "Open the source"),
    "exact_value": ("精确值", "Exact value"),
    "printed": ("原文写作", "As printed"),
    "how_read": ("如何判定", "How it was read"),
    "publisher_unknown": ("发布者未载明", "publisher not stated"),
    "undated": ("日期未载明", "undated"),
    "untitled": ("无标题", "untitled"),
    "definition": ("定义", "Definition"),
    "as_articles": ("按文章用法", "as the articles use it"),
    "definition_from": ("出自 {source}", "from {source}"),
    "how_to_cite": ("如何引用", "How to cite"),
    "cite_indicator": (
        "{product}：{name}（数据版本 {version}，构建 {build}）[DS]. {day}.",
        "{product}: {name} (data version {version}, build {build}) [Data set]. {day}.",
    ),
    "cite_note": (
        "引用单个数字时，请引它的来源：点开该数字即可复制。",
        "To cite a single figure, cite its source: open the figure and copy it there.",
    ),
    "download_csv": ("下载 CSV", "Download CSV"),
    "download_note": (
        "{number} 行，数据版本 {version}，含原句、出处与位置",
        "{number} rows, data version {version}, with sentence, source and position",
    ),
    # articles
    "articles_lead": (
        "每篇文章里的每个数字，要么成为一个观测值，要么注明为何没有采用。",
        "Every number in an article became an observation, or says why it did not.",
    ),
    "no_articles": (
        "还没有文章。把文章放进 seeds 目录，再运行 python -m etl refresh。",
        "There are no articles yet. Put some into the folder seeds and run python -m etl refresh.",
    ),
    "article_counts": (
        "采用 {observations} 个数字，未采用 {refusals} 个",
        "{observations} figures read, {refusals} refused",
    ),
    "all_articles": ("全部文章", "All articles"),
    "date_note": ("日期依据", "On the date"),
    "key_stated": ("采用的数字 {number}", "{number} figures read"),
    "key_refused": ("未采用的数字 {number}", "{number} refused"),
    "refused_because": ("未采用：{reason}", "Refused: {reason}"),
    "detail": ("（{detail}）", " ({detail})"),
    "text_withheld": (
        "本文不公开全文，仅列出所引的句子。",
        "The text of this article is not shown; only the sentences cited are.",
    ),
    "read_figures": ("采用的数字", "Figures read"),
    "on_the_chart": ("看走势", "chart"),
    "refused_figures": ("未采用的数字，按原因", "Refused figures, by reason"),
    # data
    "data_lead": (
        "全部数字。筛选后可下载，与数据库导出表逐格一致。",
        "All figures. Filter them and download them, cell for cell as the database exports them.",
    ),
    "all_indicators": ("全部指标", "All indicators"),
    "all_places": ("全部地区", "All places"),
    "to_chart": ("在图上看：{name}", "See it on the chart: {name}"),
    # targets
    "targets_lead": (
        "每个目标，与后来的结果对照。截至 {when}。",
        "Each target beside what came of it, as of {when}.",
    ),
    "target_for": ("目标期", "For"),
    "outcome": ("结果", "Outcome"),
    "state": ("状态", "State"),
    "state_all": ("全部状态", "All states"),
    "waited_until": ("等到 {day}", "waited for until {day}"),
    # review
    "review_lead": (
        "值得细看的地方：对不上的、改过的、该报未报的、没读成的。这里只列出，不改动，不取平均。",
        "What deserves a look: what does not fit, what was corrected, what is overdue, what could not be read. It is listed here, never changed or averaged.",
    ),
    "review_findings": ("对不上的数字", "Figures that do not fit"),
    "note_review_findings": (
        "每次更新时，用数字互相核对：同一数字的不同来源、增速与水平、占比与两地、新增与总数、累计数的先后。",
        "At each refresh the figures are checked against each other: several sources of one figure, growth and levels, shares and their parts, what was new and the totals, earlier and later totals.",
    ),
    "review_corrections": ("人工更正", "Corrections"),
    "note_review_corrections": (
        "规则读错、由人改正的数字；重新读取后仍然有效。",
        "Figures that the rules misread and people put right; they stay right at every new reading.",
    ),
    "review_silence": ("该报未报", "Overdue"),
    "note_review_silence": (
        "按各指标通常的发布节奏，下一个数字本应已见报道。",
        "By the usual rhythm of each indicator, the next figure should have been told by now.",
    ),
    "review_log": ("更新记录", "Log of changes"),
    "note_review_log": ("每次构建带来的变化及其原因。", "What each build changed, and why."),
    "review_faults": ("没读成的文件", "Files at fault"),
    "note_review_faults": (
        "本次构建时，文章或清单里有问题的地方。",
        "What was wrong with articles and lists when this build was made.",
    ),
    "nothing_to_review": ("没有。", "None."),
    "and_more": ("另有 {number} 条。", "And {number} more."),
    "last_told": ("最近一次", "Last told"),
    "waited_for": ("应报时点", "Expected for"),
    "silence_due": ("待报", "due"),
    "silence_late": ("迟报", "late"),
    "silence_silent": ("自 {since} 起未见", "silent since {since}"),
    "reason": ("原因", "Reason"),
    "reason_article": ("文章新增或改动", "an article is new or changed"),
    "reason_sources": ("文章信息改动", "what is known of an article changed"),
    "reason_catalogue": ("指标目录改动", "the catalogue changed"),
    "reason_rules": ("读取规则改动", "the rules of reading changed"),
    "reason_curated": ("人工收录改动", "curated figures changed"),
    "reason_correction": ("人工更正", "a correction"),
    "reason_removed": ("文章已撤下", "an article was removed"),
    "reason_none": ("数字没有变化", "no figure changed"),
    # about
    "about_method": ("数字从哪里来", "Where the figures come from"),
    "about_preference": ("同一数字有几种说法时", "When there are several figures for one thing"),
    "about_accuracy": ("读得准不准", "How well it reads"),
    "about_licence": ("许可", "Licence"),
    "about_version": ("版本", "Version"),
    "legend_lead": (
        "形状说明出处，填充说明性质，颜色只区分地区。",
        "The shape tells the origin, the fill the kind of statement; colour tells places only.",
    ),
    "accuracy_lead": ("与人工核对的样本逐条比较。", "Compared, row by row, with samples checked by hand."),
    "accuracy_set": ("样本", "Sample"),
    "accuracy_articles": ("文章数", "Articles"),
    "accuracy_rows": ("行数", "Rows"),
    "accuracy_first_precision": ("首测精确率", "Precision, unread"),
    "accuracy_first_recall": ("首测召回率", "Recall, unread"),
    "accuracy_first_f1": ("首测调和平均", "F1, unread"),
    "accuracy_precision": ("精确率", "Precision"),
    "accuracy_recall": ("召回率", "Recall"),
    "accuracy_f1": ("两者的调和平均", "F1"),
    "accuracy_interval": ("后者的 95% 区间", "95 % interval of F1"),
    "version": ("数据版本", "Data version"),
    "build": ("构建", "Build"),
    "made_at": ("生成日期（北京时间）", "Made on (China time)"),
}

TEXTS: dict[str, list[tuple[str, str]]] = {
    "method": [
        (
            "数字有两种出处。读自文章的数字，由规则从报道原文中读出，并记下它在原文中的确切位置；点开即见那句话。人工收录的数字，由人从公开网页抄录，没有保存原文，以方形标记，可以在数据页排除。",
            "Figures come from two places. Those read from articles were found by rules in the text of a report, together with the very characters that state them; one click shows the sentence. Curated figures were copied by hand from public pages whose text is not kept; they are drawn as squares and can be left out on the Data page.",
        ),
        (
            "每个数字都有指标、地区、时间、数值和性质。原文写“超”“近”“约”的，照样保留为界限；写“力争”“目标”的，是目标，不与结果混在一起；写“预计”“有望”的，是预计。读不准的数字不采用，并注明原因。",
            "Each figure has an indicator, a place, a period, a value and a kind. Words such as over, nearly or about are kept as bounds. What is planned is a target and never mixed with outcomes; what is expected is an estimate. A figure that cannot be read with certainty is refused, with its reason.",
        ),
        (
            "年度线只连接可比的数字：全年合计，或每年最后一次计数。一至九月、上半年之类单独标出，不连线；缺的年份留空，不补零，也不插值。由水平值计算的增减、同比和指数，只用没有界限的实际值。",
            "The yearly line joins only what compares: totals of whole years, or the last count of each year. Parts of a year stand alone; a missing year stays a gap, never a zero and never interpolated. Change, growth and index are computed from exact actual figures alone.",
        ),
    ],
    "preference": [
        (
            "同一指标、地区、时间有几个数字时，图上只画一个，依次按：实际值先于预计值；确数先于带界限的数；彼此相符的，位数多的在先；发表较晚的在先；读自文章的先于收录自原始页面的，再先于收录自转载的。其余的都列在表中。",
            "Where several figures are given for the same indicator, place and period, one is drawn, in this order: actual before estimate; exact before bounded; of figures that agree, the one with more digits; the later publication; read from an article before curated from an original page before curated from a repost. All the others stay in the table.",
        ),
        (
            "两个数字若在各自的取整范围内仍不相容，就算不一致：图上用竖线把两者连起来，从不取平均。",
            "Two figures disagree when they cannot both be right within their rounding: a vertical bar joins them on the chart. They are never averaged.",
        ),
        (
            "点开一个数字，可看到它优先于哪些来源，以及原因。指标页的“当时所知”可回到某一天：只用那天及以前发表的来源，按同样的规则重新选取。发表日期只知年月的，按当月或当年第一天计；没有发表日期的，只在“现在”里出现。",
            "A figure, once opened, names those it was preferred to, and why. As known on, in the room of an indicator, goes back to a day: only sources published by then count, by the same rule. A date of which only the month or year is known counts as its first day; a source without a date is known only now.",
        ),
        (
            "目标与同一口径的实际值对照：合计数须是同一时期，存量取目标年内最后一次计数；只有期末的数字才能判定未达到。过了通常的发布时间仍无报道的，记为逾期未见报道。",
            "A target is compared with the actual figure of the same definition: a total with that of the same period, a count with the last one of the year; only a count at the end itself can miss. Where the usual time of reporting has passed without a report, it is overdue.",
        ),
    ],
    "accuracy": [
        (
            "精确率是读出的数字中正确的比例，召回率是应读出的数字中读到的比例；指标、地区、口径、性质、时间、数值全对才算对。区间由按文章重复抽样得出，只反映已见的差错：没有差错时它缩成一点，并不表示今后不会出错。",
            "Precision is how many of the figures read are right, recall how many of those in the articles were read; one counts only if indicator, place, measure, kind, period and value are all right. The interval comes from drawing the articles again and again and knows only of errors seen: without any it is a point, which does not say that none will come.",
        ),
        (
            "样本 seeds 是本数据所用的文章，dev 是为各种说法专门写的文章，规则依据这两组写成；round 加数字的各组由没见过规则的人写成，先在未见时测过一次（首测三列，不再改动），再用来改进规则。后几列是熟悉的写法，读新文章能有多准，要看首测：各组难易不同，少见的文体（随笔、港台报纸、英文）更难，官方通稿较易。错处多在地区和时间，引用前请核对原句。已知读不好的：指标或时间要从别的句子里推断的数字、只用“去年这时候”之类点到的时间、少见的简称，以及英文文章；没有把握的不采用，但把握有时也会错。",
            "Sample seeds is the articles these data come from, dev was written to teach phrasings, and the rules were made from both; each round was written by a hand that had not seen the rules, scored once unread (three columns, never renewed), and taught the rules afterwards. The last columns are thus about familiar ways of writing; how well a new article is read, the unread columns say. The rounds differ in difficulty: rare kinds of text (a column, a Hong Kong paper, English) are harder, official reports easier. Most errors are of place and date. Check the sentence before you cite a figure. Known to be hard: figures whose indicator or date must be inferred from another sentence, dates that are only hinted at (this time last year), rare short names, and articles in English. What is uncertain is left out, but certainty can be wrong.",
        ),
    ],
    "licence": [
        (
            "代码以 MIT 许可发布，由此整理的数据以 CC BY 4.0 发布。文章文字属于各自的发布者，这里只作引证。引用数字时，请注明原发布者与本数据的版本。",
            "The code is under the MIT licence, the data made with it under CC BY 4.0. The texts of the articles belong to their publishers and are quoted as evidence only. When you use a figure, name its publisher and the version of these data.",
        ),
    ],
}
