"""Titles and headings: what place, date and plan they set for the article and for its sections.

In: the article, its folded text and mentions. Out: the scene that its first sentence inherits, and for each heading the
scene of its section. What a scene is and how long it lasts stands in `scene`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from etl import recognise
from etl.catalogue import Catalogue
from etl.link import authors, labels, names
from etl.link.footnotes import ends, expected_from, note
from etl.link.leadins import PLANNED, adds, only_planned
from etl.link.outlook import SPRING
from etl.link.scene import ELSEWHERE, PART, Dated, Scene, Topic, lies_ahead, located
from etl.link.state import State
from etl.link.tokens import Token
from etl.model import Article, Mention, Span
from etl.period import Period
from etl.recognise import periods
from etl.recognise.indicators import Call
from etl.recognise.periods import When
from etl.recognise.places import Where
from etl.text import Line, Text

_REVIEW = re.compile(
    r"(?:回顾|盘点|回眸|回望|回首|数说|数读|细数)(?:了)?[｜丨|·：\t ]?(?P<year>20\d{2})(?:年(?![上下]半年|[前首一二三四\d])|(?![\d年]))|(?P<report>20\d{2})年(?:度)?[^，。；：%（）\n]{0,16}(?:统计公报|工作总结|年报|评估|考核|评价|账本|账单|成绩单|答卷|年度报告|家底)|(?P<account>20\d{2})年(?:度)?[^，。\d季半月]{0,16}(?:发展|运行)情况|(?P<past>20\d{2})年[^，。\n]{0,8}回顾|(?P<lists>20\d{2})年[^，。\n]{0,8}(?:名单|榜单|名录)[里中]|(?:名单|榜单|名录|榜)[里中]的?(?P<of_lists>20\d{2})|(?P<that>20\d{2})年?[^。\n\d]{0,16}这一年|过去的?(?:这)?一年|政府工作报告|(?P<closing>年终将至|临近年终|一年将尽|岁末年初|又到年末|又到年终|一年到头|年终翻|年终晒|年末盘点|年终盘点|年终总结|年度盘点|岁末盘点)"
)

_REVIEWED = ("year", "report", "account", "past", "lists", "of_lists")
#: 2025年的国家榜单，苏州各占几席？
_YEARS_LISTS = re.compile("(?P<year>20\\d\\d)年(?:度)?的?[^，。\\d季月半]{0,8}(?:名单|榜单|名录|榜)(?![里中])")
_TITLE_YEAR = re.compile("(?<!\\d)20\\d\\d(?!\\d)(?!年?(?:[上下]半年|[前首头一二三四第]|\\d))")
#: 读公报, 公报里的2025, 翻翻这本年账, 苏州工业的2025年，…: a title that reads what a year has come to.
_READS = re.compile(
    "[读翻看解数拆品聊][^，。]{0,10}(?:公报|年报|年鉴|年账|账本|成绩单|账单)|(?:公报|年报|年账|账本|成绩单|账单|数字|数据|图表)[里中上](?:的|看|说|见)?|的20\\d\\d年?(?=[，｜丨|：！？—]|$)"
)
_CLOSING_DAYS = 60  # days before the end of a year from which its lists are looked back on
_SPRING, _DECEMBER = 3, 12  # the month up to which a year is looked back on, and that in which it is
#: 半年报, 年中答卷: a title's word for the first half of the year, told in its third quarter.
_HALF_YEAR = re.compile(
    "(?:(?<![上下])半年|年中)(?:度)?(?:工业|经济|运行)*(?:报|账|大?考|答卷|成绩|盘点|数据|战报|小结|总结|观察|回眸|回顾|记)"
)
#: 昆山年鉴（2025）: a yearbook tells of the year before the one it is named after.
_YEARBOOK = re.compile(r"^[^，。《\n]{0,12}年鉴[（(]?(?P<edition>20\d{2})", re.MULTILINE)
_MEASURED = re.compile("(?:占|佔|比|较|較|超|居|在)(?:整个|全)?$")  # before a place that only measures another
_LEAD = 300  # signs of a text that tell what it is about
_HEAD = 80  # signs of a text that may be its title
#: 一季度的账也算清楚啦, 前三季度工业成绩单出炉: an account of a span is given.
_GIVEN = re.compile(
    "的?(?:全市|各地|各板块|主要|最新|核心|规上|规模以上|制造业|工业|经济|运行|发展|产业|统计|生产|投资|产值)*"
    "(?:账本?|账单|成绩单?|答卷|数据|数字|报表|指标|统计|家底|战报|考卷|月报|季报|快报)"
    "(?:[也都已全皆]|就(?!要|会|将)|已经|刚刚?|正式|新鲜|终于|近日|日前|最近|新近|今天|今日|昨天|昨日|本周|上周|陆续|悉数|相继|先后|[，对向]?(?:外界?|社会)?)*"
    "(?:算清|算好|算完|算出|理清|盘清|结清|出炉|出来|出了|出齐|出全|公布|公开|发布|披露|揭晓|亮相|放榜|交出|交卷|来了|来啦|到手|到齐|汇齐|汇总|收齐|统计完|晒出|亮出|端出|贴出|结出)"
)
_THIRD_QUARTER = (7, 8, 9)
TITLE = 3  # blocks in which the headings are the article's own title
_NUMBERED = re.compile("[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[①-⑳㉑-㉟❶-❿⓫-⓴➀-➓]|\\d\u20e3")
_ORDINAL = re.compile("^(?:[表图第]?[一二三四五六七八九十\\d]{1,2}[、.．：]?|[\\W_])*")  # 表三, 一、, 02
_MONTH = re.compile("\\W*(\\d{1,2})月(?:份)?\\W*")
#: What may stand between the date that a heading opens with and its end: 十月当月, 去年答卷.
_PARTED = re.compile(
    "(?:当月|单月|当季|单季|的?(?:工作|任务|目标|计划|经济|工业|指标)?(?:答卷|成绩单?|账单|账本|总账|旧账|账|家底|战报|亮点|回眸|回顾|盘点|数据|总结|进展|成效|表现|实绩|业绩|收成|收获|战果|结[账帐算]|收官|收账|封账|盘账|对账|交[卷账]|这一年|(?:完成|执行|运行|进展|落实|实现)?情况))?(?:[^\\w]|$)|(?:[过干走跑做打]得)?(?:怎么样|怎样|如何|咋样|好不好)|的?新(?:挂|增|添|晋|获|评|上|来|拿|进)[^，。；\\d]{0,10}$"
)
#: A title that ends so is a plan's own, and all that it says is planned: …三年行动计划（2025—2027年）.
_PLAN = re.compile(
    "(?:行动计划|工作计划|三年计划|行动方案|实施方案|工作方案|工作要点|专项规划|发展规划|实施意见|任务清单|任务(?:分解)?的通知|任务(?:书|单|分解表|分解|一览表?)|责任书|军令状|目标分解表?|考核(?:指标|目标|任务)(?:清单|表)?)(?:[（(][^）)]*[）)])?\\W*$"
)
#: 《…》勘误, 这几个数写错了: a page that puts slips right, which it quotes.
_ERRATA = re.compile(
    "勘误|更正|要改|改一改|捉虫|挑错|找错|纠错|纠误|订正|改错|差错|(?:写|印|登|记|说|算)错|错了|核查|数据核对|核对说明|查证|网传|不实|有误|失实|辟谣|求证|真相|核实|核了|核一核|较真|流言|谣言|传言|网帖|打假|真伪"
)
_VISIT = re.compile("赴[^，。]{1,12}(?:考察|学习|调研|对接|招商)|考察(?:报告|情况|手记|笔记|见闻)|参访|取经|对标|行记")
_CHECKED = re.compile("(?:#+ )?(?!其)[\u3400-\u9fff]{1,4}[一二三四五六七八九十\\d]{1,2}：")
_BANNERS = ("【", "■", "◆", "●", "▍", "▎", "▌", "►", "▶")  # at the start of a heading, not of a title
_POINTS = re.compile("(?:[👇⬇↓⤵👉]\ufe0f?|：|——)\\W*$")  # a heading that points to what follows
_YEAR_ALONE = re.compile("(?:先看|再看|回看|回望|回顾|盘点|合上|翻开|翻过)?(?P<year>20\\d\\d)(?=[^\\w\\-—~/.]|$)")
#: What numbers a heading: ## 1. , 二、, （三）, PART 02.
_NUMBER = re.compile(
    "#*[ \\t]*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\\d]{1,2}）|第[一二三四五六七八九十\\d]{1,2}[章节部分篇]{1,2}|(?:PART|NO)[. ]?\\d{1,2}|\\d{1,2}(?:[.、)]|(?=[ \\t｜|])))?[\\W_]*"
)
_PARK = re.compile("(?:国家|高新|科技|产业|工业|经济|技术|合作|软件|生态)*园区")  # behind the name of another city
_YEARLY = re.compile(
    "20\\d\\d年[^，。]*(?:工作要点|工作计划|任务清单|任务(?:分解)?的通知|任务(?:书|单|分解表|分解|一览表?)|责任书|军令状|目标分解表?|考核(?:指标|目标|任务)(?:清单|表)?)"
)  # a plan for one year
#: The part of a plan that tells where it starts from; it plans nothing.
_BASIS = re.compile(
    "基础|现状|成效|成绩|回顾|形势|背景|家底|起点|出发|进展|情况|结[账帐算]|收官|实绩|交[账卷]|完成|盘点"
)
#: 一、2024年计划执行情况: the year that a section gives account of.
_ACCOUNT = re.compile(
    "20\\d\\d年[^，。]{0,12}(?:执行|完成|运行|发展|落实|实施|进展)情况|20\\d\\d年[^，。]{0,6}(?:工作)?(?:回顾|总结)"
)


@dataclass(frozen=True, slots=True)
class Section:
    """What an open heading says of the headings below it."""

    level: int
    place: str
    planned: bool
    date: Dated | None


class Headings:
    """The title and headings of one article."""

    def __init__(self, article: Article, catalogue: Catalogue, text: Text, mentions: list[Mention[Any]]) -> None:
        self.article, self.catalogue, self.text, self.mentions = article, catalogue, text, mentions
        self.recogniser = recognise.of(catalogue)
        self._title = Text.fold(article.title or self._headed())
        self._titled = self.recogniser.mentions(self._title)
        title = self._title.folded if article.title else text.folded.partition("\n")[0]
        self.plan, self.errata = bool(_PLAN.search(title)), bool(_ERRATA.search(title))
        years = re.findall("20\\d\\d", title) if self.plan and _YEARLY.search(title) else []
        self.plan_year = Dated(Period.year(int(years[0])), "carried") if len(years) == 1 else None
        self.first_scene = self._first_scene()

    def checks(self, start: int) -> bool:
        """Whether a line of a page that puts slips right tells what is checked there: 图说六：…, 数字三：…."""
        return self.errata and _CHECKED.match(self.text.folded, start) is not None

    def _first_scene(self) -> Scene:
        """What holds at the start of the article: its place, the year it reviews, its title's theme and period."""
        article = self.article
        own, basis = article.place or "", "assumed"
        if not own:
            own, basis = self._titled_place(), "carried"
        review = self._review()
        theme = self.recogniser.indicators.themes_in(article.title or self.text.folded[:60])
        lead = self._titled_period() or self._account_told()
        scene = Scene(own, basis, article.published, review=review, theme=theme, lead=lead)  # type: ignore[arg-type]
        other = self._other_park(own)
        programme = labels.programme((article.title or "") + self.text.folded[:_LEAD])
        expected = expected_from(self.text.folded)
        scene = replace(
            scene, other_park=other, programme=programme, titled=_short(self._titled), expected_from=expected
        )
        return replace(scene, planned_section=self.plan, heading_date=self.plan_year, author=self._author(own))

    def _author(self, own: str) -> str:
        """The place of visitors who have written the article, or ""."""
        headline = self.article.raw.lstrip("\ufeff\n# ").partition("\n")[0].strip()  # as it was received
        apart = f"{self._title.folded}\n" if self.article.title and self.article.title != headline else ""
        lead = apart + self.text.folded[: authors.LEAD]
        within = [mention for mention in self.mentions if mention.span.end <= authors.LEAD]
        told = (authors.placed(self._titled) if apart else []) + authors.placed(within, len(apart))
        return authors.found(own, self.catalogue, lead, told)

    def _other_park(self, own: str) -> bool:
        """苏州宿迁工业园区, …，只叫“园区”: an article that names another city's park, and ours by no name, is not on ours."""
        named = [m for m in self.mentions if isinstance(m.what, Where) and m.what.kind in ("known", "elsewhere")]
        ranks = [self.catalogue.places[m.what.place].rank for m in named if m.what.place in self.catalogue.places]
        if "park" in ranks or (own and self.catalogue.places[own].rank == "park"):
            return False
        return any(m.what.kind == "elsewhere" and _PARK.match(self.text.folded, m.span.end) for m in named)

    def _titled_period(self) -> Dated | None:
        """The period of the title, where it is over: 吴中区2025年1—11月工业经济运行快报, 科技园半年报."""
        published, title = self.article.published, self._title.folded
        told = published is not None and published.month in _THIRD_QUARTER and _HALF_YEAR.search(title)
        half = Dated(Period.months(published.year, 1, 6), "assumed") if told and published else None
        named = [periods.resolve(m.what, published, None) for m in self._titled if isinstance(m.what, When)]
        over = [Dated(p, "carried") for p in named if p and not p.instant and published and p.end <= published]
        found = next(iter(over), None)
        for other in (*over[1:], *filter(None, [half])):  # 6月提速：张家港工业半年小结
            if found and other.period.start <= found.period.start and found.period.end <= other.period.end:
                found = other
        return found or half

    def _headed(self) -> str:
        """The heading that the text begins with, or ""."""
        first = self.text.lines[0] if self.text.lines else None
        return self.text.folded[first.start : first.end] if first and first.level in (1, 4) else ""

    def _account_told(self) -> Dated | None:
        """一季度的账算清楚了, 上半年成绩单出炉: the span, over by now, of which the first lines say that an account is given."""
        published = self.article.published
        for mention in self.mentions:
            if mention.span.start > _LEAD:
                break
            if isinstance(mention.what, When) and _GIVEN.match(self.text.folded, mention.span.end):
                period = periods.resolve(mention.what, published, None)
                if period and not period.instant and published and period.end <= published:
                    return Dated(period, "carried")
        return None

    def _titled_place(self) -> str:
        """The place of the title or of the first lines, where sources.yaml names none."""
        titled = [(mention, self._title.folded) for mention in self._titled if self.article.title]
        opening = titled[0][0] if titled else next(iter(self.mentions), None)
        rank = opening.what if opening and not opening.span.start else None  # 园区AI产值增长…
        for mention, folded in [*titled, *((mention, self.text.folded) for mention in self.mentions[:40])]:
            if not isinstance(mention.what, Where) or mention.what.kind != "known":
                continue
            measured = _MEASURED.search(folded, 0, mention.span.start)
            larger = self.catalogue.places[mention.what.place].rank in ("province", "country")  # only measures
            if not (measured or larger) and self._of_titled_rank(mention.what.place, rank):
                return mention.what.place
        return ""

    def _of_titled_rank(self, place: str, titled: object) -> bool:
        """Whether a place is the park that a title opens with as 园区; any place where it opens with none."""
        park = isinstance(titled, Where) and titled.kind == "rank" and titled.place == "park"
        return not park or self.catalogue.places[place].rank == "park"

    def _review(self) -> Dated | None:
        """The year that the article reviews: 回顾2024年, a year's communiqué, a work report at the turn of the year."""
        lead = (self._title.folded if self.article.title else "") + "\n" + self.text.folded[:400]
        lead = lead.translate(str.maketrans("〇一二三四五六七八九", "0123456789")) if "二〇" in lead[:60] else lead
        if self.text.english:
            from etl.link import english

            if reviewed := english.reviewed(lead, self.article.published):
                return Dated(Period.year(reviewed), "carried")
        if book := _YEARBOOK.search(lead):
            return Dated(Period.year(int(book["edition"]) - 1), "carried")
        if calendar := self._calendar():
            return calendar
        if match := _REVIEW.search(lead):
            published = self.article.published
            if year := next((match[name] for name in _REVIEWED if match[name]), None):
                return Dated(Period.year(int(year)), "carried")
            if match["that"]:  # 2022年这一年，…: may be one of several years that are told
                titled = "\n" not in lead[: match.start()].strip("\n")
                recent = titled or published is None or int(match["that"]) >= published.year - 1
                return Dated(Period.year(int(match["that"])), "carried") if recent else None
            if match["closing"] and published and published.month == _DECEMBER:
                return Dated(Period.year(published.year), "carried")
            if published and published.month <= _SPRING:
                return Dated(Period.year(published.year - 1), "carried")
        return self._year_read() or self._years_lists(lead.lstrip("\n").partition("\n")[0])

    def _year_read(self) -> Dated | None:
        """读公报｜吴江工业的2025年，写在哪些数字里: the one year, over by now, that a title reads the account of."""
        title, published = self._title.folded, self.article.published
        years = set(_TITLE_YEAR.findall(title))
        if published is None or len(years) != 1 or not _READS.search(title) or PLANNED.search(title):
            return None
        year = int(years.pop())
        return Dated(Period.year(year), "carried") if year < published.year else None

    def _years_lists(self, title: str) -> Dated | None:
        """2025年的国家榜单，…, told in the last weeks of that year or later: the year of its lists."""
        listed, published = _YEARS_LISTS.search(title), self.article.published
        if listed is None or published is None:
            return None
        over = Period.year(int(listed["year"])).end
        return Dated(Period.year(over.year), "carried") if (over - published).days <= _CLOSING_DAYS else None

    def _calendar(self) -> Dated | None:
        """🗓 1月 … 🗓 12月, told in February: months as headings that reach past the publication are the year before's."""
        found = [_MONTH.fullmatch(self.text.folded, line.start, line.end) for line in self.text.lines]
        months = [int(match[1]) for match in found if match]
        published = self.article.published
        reaches = published is not None and len(months) > 2 and max(months) > published.month
        return Dated(Period.year(published.year - 1), "carried") if reaches and published else None

    def opens_plans(self, start: int, end: int) -> bool:
        """五、关于下一步打算。 A numbered paragraph's first words may head it as a line of its own would."""
        return bool(_NUMBERED.match(self.text.folded, start) and PLANNED.search(self.text.folded, start, end))

    def read(self, line: Line, mentions: list[Mention[Any]], scene: Scene, sections: list[Section]) -> Scene:
        """What a heading names holds for its section and those below it; one of the same or a higher rank ends it."""
        while sections and sections[-1].level >= line.level:
            sections.pop()
        outer = sections[-1] if sections else Section(0, "", self.plan, self.plan_year)
        place = self._heading_place(line, mentions, scene) or self._authors_part(line, scene) or outer.place
        if self._is_title(line) and (place != ELSEWHERE or self._visits(line, mentions, scene)):
            place = ""  # the article's own title: its place is the article's
        theme = self.recogniser.indicators.themes_in(self.text.folded[line.start : line.end]) or scene.theme
        own_title = self._is_title(line) and line.level not in (2, 3)  # those are numbered
        planned = bool(PLANNED.search(self.text.folded, line.start, line.end)) and not own_title
        date = self._heading_date(line, mentions, scene, planned=planned)
        date = date or self._pointed(line, scene)
        ahead = bool(date and only_planned(date.period, scene.published, self.text.folded[line.start : line.end]))
        based = not planned and bool(_BASIS.search(self.text.folded, line.start, line.end))
        date = date or (None if based and outer.planned else outer.date)
        section = Section(line.level, place, planned or ahead or (outer.planned and not based), date)
        sections.append(section)
        asked = self._asked(line, mentions, scene)
        fresh = scene.new_section(place, theme, section.date)
        if (short := _short(mentions)) and short != scene.titled:
            fresh = replace(fresh, titled=short, called_short=None)
        added = adds(self.text.folded[line.start : line.end]) and line.block > 1
        return replace(fresh, planned_section=section.planned, section_new=added, topic=asked, asked=asked is not None)

    def _pointed(self, line: Line, scene: Scene) -> Dated | None:
        """到今年12月31日, and below it 我们想交出这样一份答卷👇: the date right above a heading that points to what follows."""
        points = _POINTS.search(self.text.folded, line.start, line.end)
        apart = self.text.folded.startswith("\n\n", max(0, line.start - 2))
        return scene.heading_date if points and not apart else None

    def _asked(self, line: Line, mentions: list[Mention[Any]], scene: Scene) -> Topic | None:
        """全市装了多少5G基站？ or 图说三：…: the one thing that a heading asks for, or checks, is what its section tells of."""
        calls = [mention for mention in mentions if isinstance(mention.what, Call)]
        asks = self.text.folded.startswith("？", line.end - 1) or self.checks(line.start)
        if not asks or len(calls) != 1:
            return None
        call, span = calls[0].what, calls[0].span
        topic = names.named(Token("name", call, span.start, span.end), State(theme=""), scene)
        return None if topic.refused and topic.refused != "level" else topic

    def _heading_place(self, line: Line, mentions: list[Mention[Any]], scene: Scene) -> str:
        """The place that a heading names: with its full name, or with a short one as its subject (姑苏：小城的算法)."""
        if park := self._of_park(line, mentions, scene):
            return park
        asked = self.text.folded.startswith("？", line.end - 1)
        kinds = ("known", "elsewhere", "weak", "rank") if asked else ("known", "elsewhere", "weak")
        for mention in mentions:
            if isinstance(where := mention.what, Where) and (where.kind in kinds or where.place.startswith("own_")):
                subject = asked or self.text.folded.startswith("：", mention.span.end) or mention.span.end == line.end
                found = located(where, self.catalogue, scene.new_block(), scene.own)
                if found not in ("", PART) and (subject or where.kind != "weak"):
                    return found
        return ""

    def _authors_part(self, line: Line, scene: Scene) -> str:
        """四、几点建议, in a report by visitors: the place of those who write."""
        told = authors.of_theirs(self.text.folded[line.start : line.end]) and not self._is_title(line)
        return scene.author if told else ""

    def _visits(self, line: Line, mentions: list[Mention[Any]], scene: Scene) -> bool:
        """关于赴宁波考察情况及我市…的报告: whether a title names other places as those that were seen, or its own beside them."""
        own = [
            m for m in mentions if isinstance(m.what, Where) and (m.what.place == scene.own or "own" in m.what.place)
        ]
        return bool(own or _VISIT.search(self.text.folded, line.start, line.end))

    def _of_park(self, line: Line, mentions: list[Mention[Any]], scene: Scene) -> str:
        """表三 园区的AI版图: the park that a city's article calls so, where the heading opens with 园区的."""
        where = next((m for m in mentions if isinstance(m.what, Where)), None)
        if where is None or where.what.kind != "rank" or where.what.place != "park":
            return ""
        before = _ORDINAL.sub("", self.text.folded[line.start : where.span.start])
        own = scene.own in self.catalogue.places and self.catalogue.places[scene.own].rank == "city"
        opens = not before and self.text.folded.startswith("的", where.span.end)
        return located(where.what, self.catalogue, scene.new_block(), scene.own) if own and opens else ""

    def _is_title(self, line: Line) -> bool:
        """Whether a heading is the article's own: it stands near the top, and no sentence before it."""
        marked = self.text.folded.startswith("##", line.start) and line.block > 1  # of a second rank
        marked = marked or (self.text.folded.startswith(_BANNERS, line.start) and line.block > 0)
        marked = marked or bool(_NUMBERED.match(self.text.folded, line.start))
        return line.start < _HEAD and line.block <= TITLE and not marked and "。" not in self.text.folded[: line.start]

    def _heading_date(self, line: Line, mentions: list[Mention[Any]], scene: Scene, *, planned: bool) -> Dated | None:
        """The date of a heading that opens with it (2026年, 上半年 · 回正) or announces targets (2026年目标任务)."""
        start = _NUMBER.match(self.text.folded, line.start, line.end).end()  # type: ignore[union-attr]
        words = re.sub(r"[\W_]", "", self.text.folded[start : line.end])
        mention = next((m for m in mentions if isinstance(m.what, When)), None)
        if mention is not None:
            period = self._heading_period(mention.what, scene, planned=planned)
            if period and period == Period.day(period.end) and period.end == scene.published:
                return None  # 2026年4月12日: the day of publication, set on a line of its own, dates no figure
            late = period and scene.published and lies_ahead(period.end, scene.published)
            to_come = late and line.block > TITLE
            account = not planned and not late and bool(_ACCOUNT.search(self.text.folded, line.start, line.end))
            opens = account or self._opens(line, mention.span)
            apart = self._apart(line, mention.span) and bool(period and (period.instant or not self._is_title(line)))
            apart = apart or note(self.text.folded, mention.span) is not None
            whole = apart or len(mention.span) == len(words) or (opens and not self._is_title(line))
            return Dated(period, "carried") if period and (planned or to_come or whole) else None
        alone = _YEAR_ALONE.match(self.text.folded, start, line.end)
        alone = alone if alone and (alone.end() == line.end or not self._is_title(line)) else None
        year = re.search(r"(?<!\d)20\d\d(?!\d)", self.text.folded[line.start : line.end]) if planned or alone else None
        return Dated(Period.year(int(year[0])), "carried") if year else None  # 2026，立个flag; 先看2023

    def _heading_period(self, when: When, scene: Scene, *, planned: bool) -> Period | None:
        """The period of a heading; 年末 · 清点 in spring, where nothing is planned, is the year before's."""
        period = periods.resolve(when, scene.published, scene.review.period if scene.review else None)
        told = period and scene.published and when.base == "frame" and not (when.year or when.until or planned)
        if not (told and period and scene.published):
            return period
        early = scene.published.month <= SPRING and period.end > scene.published
        return periods.shift(period, -1) if early else period

    def _apart(self, line: Line, span: Span) -> bool:
        """全市家底一览（截至9月末）, 家底｜2025年末: a date that a bracket or bar sets apart."""
        folded = self.text.folded
        before, behind = folded[line.start : span.start].rstrip(), folded[span.end : line.end]
        framed = before.endswith("（") and behind.startswith("）")
        return framed or (before.endswith(("｜", "丨", "|", "·", "】", "：")) and ends(folded, span.end, line.end))

    def _opens(self, line: Line, span: Span) -> bool:
        """Whether a heading opens with a date, and a mark parts it from the rest: 【十月当月】, 上半年 · 回正."""
        before = _NUMBER.match(self.text.folded, line.start, line.end)
        return (
            before is not None
            and before.end() == span.start
            and bool(_PARTED.match(self.text.folded, span.end, line.end))
        )


def _short(mentions: list[Mention[Any]]) -> str:
    """高新区上半年产值年增3.9%: the one short name that a title or heading has, by which the text below may go on."""
    calls = [mention.what for mention in mentions if isinstance(mention.what, Call)]
    return calls[0].head if len(calls) == 1 and len(calls[0].head) <= names.SHORT else ""
