"""Names of indicators: fixed names, heads with a level (国家级绿色工厂) and heads under a theme (AI … 产业规模).

In: the folded text and the catalogue. Out: mentions of `Call` (a name, with the indicators it may mean), `Level` (a
level that stands alone: 其中省级及以上97个) and `Theme` (what the passage is about).
Longest match over all words at once; a level that stands before its head is part of the call.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from etl.catalogue import Catalogue
from etl.model import Mention, Span
from etl.recognise import literals

BARE, ALL = "bare", "all"


class Option(NamedTuple):
    """What a name may mean: an indicator, at a level and under a theme where it needs them, in a scope."""

    indicator: str
    level: str
    theme: str
    scope: str


@dataclass(frozen=True, slots=True)
class Call:
    """A name as written, with what it may mean; without options it names something else.

    `level` is the one that stands before the head, else empty. A fixed name is the option of no level and no theme.
    """

    head: str
    options: tuple[Option, ...]
    level: str = ""

    @property
    def fixed(self) -> str:
        """The indicator of a fixed name, else empty."""
        return next((option.indicator for option in self.options if not option.level and not option.theme), "")

    def scope(self, indicator: str) -> str:
        """The scope in which the name means an indicator."""
        return next((option.scope for option in self.options if option.indicator == indicator), "")


@dataclass(frozen=True, slots=True)
class Level:
    """A level word on its own."""

    level: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A word for what the passage is about."""

    theme: str


#: What makes another, narrower thing of a name that follows it: 规上人工智能企业, 核心人工智能企业.
_NARROWER = re.compile("(?:规上|规模以上|核心|骨干|头部|民营|外资|初创|龙头|领军|申报|拟认定|后备)$")
#: The same of any name: 人工智能领域国家级“小巨人”企业, 科创板上市公司.
_OF_A_FIELD = re.compile("(?:(?<!各)(?<!分)(?:领域|赛道|行业)|科创板|创业板|主板|北交所|港股|境外|海外|新三板)的?$")
#: What is gone has no part in what there is: 因搬迁退库的规上工业企业, 停产的规上工业企业.
_GONE = re.compile(
    "(?:退库|退规|退出|注销|吊销|停产|停业|停工|歇业|关停|关闭|倒闭|破产|迁出|外迁|搬走|流失|摘牌|淘汰|清退|除名|落选|落榜|出局|亏损|减产|失效|(?:取消|撤销|丧失|失去)[^，。；]{0,6})了?的$"
)
#: 规上工业企业|产值, 软件业|收入, 增资扩产项目|完成投资: what a sum is of, behind who makes it.
_SUM = re.compile("(?:累计|共)?(?:完成|实现|创造|做出|录得)?(?:总产值|产值|增加值|收入|投资)$")
#: A ratio whose whole is put into the gap of its name; of a firm's sales it is another one (研发经费占营收的比重).
_WHOLE = re.compile("占|相当于|与")
_OF_GDP = re.compile("GDP|生产总值|经济总量|规|工业|产值")
#: Level words that are places where they open a clause: 全国“小巨人”企业总数达 …
_OWN = "江苏省"
_PLACES = frozenset(("全国", "江苏", _OWN))
#: 5G工厂，工信部2025年度名录…: who keeps a list says the level of those who stand on it.
_LISTING = "(?<!全)(?:国家|工信部|工业和信息化部|省)(?=(?:20\\d\\d年度?)?(?:的)?(?:名录|名单)(?!级))"
#: 国家、省两级绿色工厂: the first of the levels that are summed up.
_JOINTLY = "(?:国家|省)(?=[、和](?:省|市|省、市|市、区)[两二三]级)"
#: 省里认定的智能车间, 工信部去年评定的: who gives an honour, before what has been given, says the level and no
#: place, unless a part of all that has been given is told behind.
_GIVER = {
    "provincial": "省[里上厅]|省级(?:有关)?部门|省(?:工信|科技|发改|商务|工业和信息化)[厅委]|省数据局|省有关部门",
    "national": "国家(?:部委|有关部委|有关部门|层面)?|部里|部委|工信部|科技部|工业和信息化部",
}
_GIVEN = "(?=(?:今年|去年|前年|20\\d\\d年|历年|先后|已|新|累计)?(?:认定|评定|评审|评选|评[上出]|点名|核准|授予|授牌|命名|认可|批准|公布|发布|遴选)(?:通过)?的(?![^。；\\n]{0,48}(?:其中|占(?!全|苏州|江苏|大市))))"
#: What follows makes another thing of the name: 算力平台, 高新技术企业培育库, 智能工厂总投资.
_COMPOUND = re.compile(
    "(?:的)?(?:差距|缺口|落差|差额|差值|零头|增量|减量)|服务(?:机构|平台|中心|站|体系|团队)|平台|中心|基金|联盟|协会|指数|基地|设备|系统|大会|论坛|大赛|峰会|培育库|培育对象|培育计划|后备|政策|工程|行动|总投资|投资额|产业链|"
    "名额(?=给|分|花|归|被|落|留|拨)|候选|推荐|储备|苗子|潜力|服务商|供应商|解决方案|申报|负责人|代表|员工|用户|园区(?!有|拥有|已|共|达|占|新增|内|里)|人才|改造|运营|调度|券|租|芯片|网络|底座|枢纽|产业(?!$|产值|规模|营收|企业|相关)|集群"
)


#: （指年营收2000万元以上的企业）, in the middle of a name.
_GLOSS = re.compile("（(?:指|即|系|也就是|年(?:主营|营收|销售))[^（）\\n]{2,40}）")
_AROUND = 16  # signs of a name on either side of it


#: 210个算法、62个大模型通过国家备案: what has been filed, before the count of something else that has.
_FILED = re.compile(
    "(?<=[个款项件])(?P<what>[^，。；、\\d]{2,10})(?=(?:[、和与及]|以及|，)(?:大?约|近|超过?|逾)?\\d[\\d.]*万?余?[个款项件][^，。；、\\d]{2,12}(?:通过|完成|获得?|取得)[^，。；、\\d]{0,12}备案)"
)


class Reader:
    """The names of one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._calls: dict[str, list[Option]] = {_plain(word): [] for word in catalogue.lookalikes}
        for indicator in catalogue.indicators.values():
            for name in indicator.called:
                for level in name.levels or ("",):
                    for spelling in _spellings(_plain(name.text)):
                        self._calls.setdefault(spelling, []).append(Option(indicator.id, level, name.theme, name.scope))
        self._fixed: dict[str, list[str]] = {}  # each indicator's names that need neither level nor theme
        for word, options in self._calls.items():
            for option in options:
                if not option.level and not option.theme:
                    self._fixed.setdefault(option.indicator, []).append(word)
        made = (word[: match.start()] for word in self._calls if "…" not in word and (match := _SUM.search(word)))
        self._makers = re.compile(literals.pattern({who for who in made if len(who) > 1}))
        self._wholes = {word.partition("占")[2] for word, options in self._calls.items() if options and "占" in word}
        self._gaps: dict[str, list[tuple[str, re.Pattern[str], str]]] = {}  # names in pieces, by the last one
        for word in filter(lambda word: "…" in word, self._calls):
            first, *_, last = word.split("…")
            self._gaps.setdefault(last, []).append((first, re.compile(literals.pattern([word])), word))
        self._heads = re.compile(literals.pattern(word for word in self._calls if "…" not in word))
        self._levels = {_plain(word): level for level, words in catalogue.levels.items() for word in words}
        self._themes = {word: theme for theme, words in catalogue.themes.items() for word in words}
        before = literals.pattern(self._levels)  # 全省小巨人: a place, and no level of the name
        self._before = re.compile(rf"(?<!全)({before})(?:的|度|新增|认定的|首批|两级|三级)?$")
        # a level on its own: 国家级, 省级及以上; never 省, 市 or 重点, which are parts of other words
        alone = [word for word in self._levels if re.search("级|以上|名单|榜", word)]
        self._alone = re.compile(f"{literals.pattern(alone)}|{_LISTING}|{_JOINTLY}") if alone else None
        self._givers = [
            (re.compile(f"(?:(?<![\\u3400-\\u9fff])|(?<=[年月底末日经由被获]))(?:{who}){_GIVEN}"), level)
            for level, who in _GIVER.items()
            if level in catalogue.levels
        ]
        self._theme = re.compile(literals.pattern(self._themes)) if self._themes else None

    def mentions(self, folded: str) -> Iterator[Mention[Call] | Mention[Level] | Mention[Theme]]:
        """Every name, lone level and theme of the folded text."""
        for match in self._heads.finditer(folded):
            yield self._call(match[0], match.span(), folded)
        for last, names in self._gaps.items():
            for first, pattern, word in names if last in folded else ():
                for match in pattern.finditer(folded) if first in folded else ():
                    yield self._call(word, match.span(), folded)
        yield from self._glossed(folded)
        yield from self._filed(folded)
        if self._alone:
            for match in self._alone.finditer(folded):
                yield Mention(Level(self._levels[match[0]]), Span(*match.span()), "level")
        yield from self._given(folded)
        if self._theme:
            for match in self._theme.finditer(folded):
                yield Mention(Theme(self._themes[match[0]]), Span(*match.span()), "theme")

    def _glossed(self, folded: str) -> Iterator[Mention[Call]]:
        """规模以上工业（指年营收2000万元以上的企业）总产值: a name in which a bracket says what its first part means."""
        for gloss in _GLOSS.finditer(folded):
            start = max(0, gloss.start() - _AROUND)
            before = folded[start : gloss.start()]
            for match in self._heads.finditer(before + folded[gloss.end() : gloss.end() + _AROUND]):
                if match.start() < len(before) < match.end():
                    end = gloss.end() + match.end() - len(before)
                    yield self._call(match[0], (start + match.start(), end), folded)

    def _filed(self, folded: str) -> Iterator[Mention[Call]]:
        """210个算法、62个大模型通过备案: the first of two names that share what stands behind the second."""
        for match in _FILED.finditer(folded):
            if call := self.joined(match["what"], "通过备案"):
                yield Mention(call, Span(*match.span("what")), "name, with the verb of the next one")

    def _given(self, folded: str) -> Iterator[Mention[Level]]:
        """省里认定的: who gives what follows, as its level."""
        for giver, level in self._givers:
            for match in giver.finditer(folded):
                yield Mention(Level(level), Span(*match.span()), "level")

    def at_level(self, head: str, level: str) -> Call | None:
        """The same head at another level: 其中省级及以上 after 各级研发机构; at 各级, what the head means without one."""
        for start in range(len(head) - 1):
            options = tuple(self._calls.get(head[start:], ()))
            plain = tuple(option for option in options if not option.level and not option.theme)
            if level == ALL and plain:
                return Call(head[start:], plain)
            if any(option.level == level for option in options):
                return Call(head[start:], options, level)
        return None

    def front(self, words: str) -> tuple[Call | None, int]:
        """The longest fixed name that longer words begin with, and its length: 规上工业企业 of 规上工业企业实现产值."""
        for end in range(len(words) - 1, 3, -1):
            if (options := self._calls.get(words[:end])) and not any(
                option.level or option.theme for option in options
            ):
                return Call(words[:end], tuple(options)), end
        return None, 0

    def joined(self, head: str, tail: str) -> Call | None:
        """The longer name that a name and a bare head behind it make: 四大产业创新集群 … 产值."""
        options = self._calls.get(head + tail)
        return Call(head + tail, tuple(options)) if options else None

    def maker(self, folded: str, start: int, end: int) -> tuple[int, int] | None:
        """The last words of a stretch that name who makes a sum: 规上工业企业 of …企业产值, 软件业 of 软件业收入."""
        found = [match.span() for match in self._makers.finditer(folded, start, end)]
        return found[-1] if found else None

    def ratio(self, part: str, whole: str) -> Call | None:
        """The name of a ratio said in pieces: 高新技术产业产值…亿元，占规上工业总产值的54.6%."""
        for same in self._said_also(whole):
            for word in (f"{part}占{same}", f"{part}产值占{same}", f"{part}增加值占{same}"):
                if options := self._calls.get(word):
                    return Call(word, tuple(options), "")
        return None

    def is_part(self, name: str) -> bool:
        """Whether some ratio of the catalogue is of the name: 高新技术产业, but no 覆盖率."""
        part = name.partition("占")[0]
        return any(f"{said}占{whole}" in self._calls for said in (part, f"{part}产值") for whole in self._wholes)

    def is_whole(self, name: str) -> bool:
        """Whether some ratio of the catalogue is a part of what the name means."""
        return not self._wholes.isdisjoint(self._said_also(name))

    def _said_also(self, name: str) -> tuple[str, ...]:
        """A name, and then all that mean the same indicator without a level or a theme."""
        fixed = next((option.indicator for option in self._calls.get(name, ()) if not option.level), "")
        return (name, *self._fixed.get(fixed, ()))

    def themes_in(self, words: str) -> str:
        """The last theme that some words name, else empty."""
        found = [match[0] for match in self._theme.finditer(words)] if self._theme else []
        return self._themes[found[-1]] if found else ""

    def _call(self, word: str, span: tuple[int, int], folded: str) -> Mention[Call]:
        start, end = span
        level = ""
        options = () if _COMPOUND.match(folded, end) else tuple(self._calls[word])
        if word.endswith(("企业", "高企")) and _NARROWER.search(folded, max(0, start - 4), start):
            options = ()
        levelled = any(option.level for option in options)
        if (
            levelled
            and (before := self._before.search(folded, max(0, start - 14), start))
            and (before[1] == _OWN or not _place(before, folded, end))
        ):
            level = self._levels[before[1]]
            start = start if _place(before, folded, end) else before.start()  # 江苏省首台（套）: the level, and a place
        if _OF_A_FIELD.search(folded, max(0, start - 6), start) or _GONE.search(folded, max(0, start - 14), start):
            options = ()
        if "…" in word and _of_another_whole(word, folded[span[0] : end]):
            options = ()
        call = Call(word, options, level)
        return Mention(call, Span(start, end), f"level {level} + head" if level else "name")


def _of_another_whole(word: str, written: str) -> bool:
    """研发经费占营收的比重: whether the gap of a ratio's name holds another whole than the place's output."""
    part, _, _ = word.partition("…")
    ratio = _WHOLE.search(part)
    return ratio is not None and not _OF_GDP.search(written, ratio.end())


#: Words that the press writes either way, in any name.
_SYNONYMS = (
    ("人工智能", "AI"),
    ("500强", "五百强"),
    ("规模以上", "规上"),
    ("战略性新兴产业", "战新产业"),
    ("地区生产总值", "GDP"),
    ("工业和信息化部", "工信部"),
    ("占GDP", "占区内生产总值"),
    ("中小企业", "中小企"),
    ("软件和信息", "软件信息"),
    ("软件和信息", "软件与信息"),
    ("软件和信息", "软件及信息"),
    ("研究与试验发展（R&D）", "研究与试验发展"),
)


def _spellings(word: str) -> set[str]:
    """A name and what it is with its synonyms.

    >>> sorted(_spellings("人工智能企业"))
    ['AI企业', 'AI的企业', '人工智能企业', '人工智能的企业']
    """
    found = {word}
    if inverted := _INVERTED.fullmatch(word):
        found.add(f"{inverted[1]}的{inverted[2]}")
    if made := _MADE.fullmatch(word):
        found |= {f"{made['who']}{verb}{made['what']}" for verb in _MAKES}
    if ratio := _RATIO.fullmatch(word):
        part, whole = ratio["part"], ratio["whole"]
        found |= {f"{part}占{where}{whole}" for where in _OF_THE_PLACE if whole.startswith(("GDP", "地区", "规"))}
        within = [f"{part}在{whole}{inside}" for inside in ("中", "里")]
        found |= {f"{before}{said}" for before in within for said in _SAID_OF_A_PART}
        found |= {f"{part}相当于{whole}", f"{part}与{whole}之比", f"{part}与{whole}的比", f"{part}的{whole}占比"}
    if word.endswith("占比") and "…" not in word:  # 战略性新兴产业产值所占比重
        found |= {word.removesuffix("占比") + said for said in _SHARE_OF}
    for long, short in _SYNONYMS:
        found |= {other for one in found for other in (one.replace(long, short), one.replace(short, long))}
    return found


#: 增资扩产项目 is also said 增资扩产的项目.
_INVERTED = re.compile("([^的…]{4,}?)(中小企业|工业企业|企业|项目)")
#: 规上工业总产值 is also said 规上工业完成总产值.
_MADE = re.compile("(?P<who>规上工业|规模以上工业)(?P<what>总?产值|增加值)")
_MAKES = ("完成", "实现", "创造", "累计完成", "累计实现", "共完成", "共实现", "做出", "录得")
_SAID_OF_A_PART = ("的比重", "的占比", "的分量", "的份额", "所占比重", "占比", "占到", "占")
_SHARE_OF = ("的占比", "所占比重", "所占比例", "所占的比重", "所占的比例", "所占份额", "占的比重", "占比重", "的比重")
_OF_THE_PLACE = ("全市", "全区", "全县", "园区", "当地", "本市", "本区", "全市的", "全区的")
#: A占B比重 is also said A在B中的比重 and A相当于B.
_RATIO = re.compile("(?P<part>[^占…]{4,})占(?P<whole>[^占…]{3,}?)(?:的?(?:比重|比例))?")


def _place(before: re.Match[str], folded: str, end: int) -> bool:
    """Whether a level word that is a place too opens a clause, and so is the place; as one of a list it is the level."""
    listed = folded[before.start() - 1] == "，" and folded[end : end + 1].isdigit()  # …412个，全国5G工厂16家
    opens = not before.start() or folded[before.start() - 1] in "，。；：\t\n"
    return before[1] in _PLACES and opens and not listed


def _plain(word: str) -> str:
    """A word of the catalogue in the form of the folded text."""
    return word.replace("(", "（").replace(")", "）").translate(str.maketrans("", "", '“”"「」'))
