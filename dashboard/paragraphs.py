"""The longer texts of the pages in Chinese and in English: notes of a sentence or two, and whole paragraphs.

`wording` hands them out.
"""

from __future__ import annotations

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

NOTES: dict[str, tuple[str, str]] = {
    "review_lead": (
        "值得细看的地方：对不上的、改过的、该报未报的、没读成的。这里只列出，不改动，不取平均。",
        "What deserves a look: what does not fit, what was corrected, what is overdue, what could not be read. It is listed here, never changed or averaged.",
    ),
    "note_review_findings": (
        "每次更新时，用数字互相核对：同一数字的不同来源、增速与水平、占比与两地、新增与总数、累计数的先后。",
        "At each refresh the figures are checked against each other: several sources of one figure, growth and levels, shares and their parts, what was new and the totals, earlier and later totals.",
    ),
    "note_review_doubts": (
        "旁边有目录中的指标，但读法不止一种，或缺少地区、日期，所以没有采用。",
        "An indicator stands beside them, but more than one reading is open, or place or date is missing, so they were refused.",
    ),
    "note_review_corrections": (
        "规则读错、由人改正的数字；重新读取后仍然有效。",
        "Figures that the rules misread and people put right; they stay right at every new reading.",
    ),
    "note_review_silence": (
        "按各指标通常的发布节奏，下一个数字本应已见报道。",
        "By the usual rhythm of each indicator, the next figure should have been told by now.",
    ),
    "note_review_faults": (
        "本次构建时，文章或清单里有问题的地方。",
        "What was wrong with articles and lists when this build was made.",
    ),
    "note_review_log": ("每次构建带来的变化及其原因。", "What each build changed, and why."),
    "note_review_runs": (
        "最近三十次刷新。手动刷新而无新内容的不记。",
        "The last thirty refreshes; one by hand that found nothing new is not among them.",
    ),
}
