"""Articles made of sentences whose every figure is known: what is true of it stands beside the words.

In: a way to pick from options (a random generator, or Hypothesis). Out: a `Story`. The sentences give outcomes, parts
of a year, targets, estimates, figures of other places, of parts of places and of companies, and flows without a date;
no two figures of a story have the same digits, so that a figure that was read tells which one it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from random import Random
from typing import Protocol, TypeVar

from etl.model import Article
from tests.phrases import BEFORE, STYLES, Figure, phrase

T = TypeVar("T")


class Pick(Protocol):
    """Takes one of several options."""

    def __call__(self, options: Sequence[T], /) -> T: ...


@dataclass(frozen=True)
class Fact:
    """What is true of a figure. `place` may be a kind of what is no place of the catalogue; `period` may be empty."""

    indicator: str
    place: str
    measure: str
    status: str
    period: str
    value: Decimal


@dataclass(frozen=True)
class Story:
    """An article with its facts."""

    article: Article
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class _Named:
    """An indicator as the sentences call it."""

    id: str
    say: str
    unit: str
    flow: bool


_INDICATORS = (
    _Named("industrial_output", "规上工业总产值", "元", flow=True),
    _Named("industrial_investment", "工业投资", "元", flow=True),
    _Named("industrial_value_added", "规上工业增加值", "元", flow=True),
    _Named("hightech_enterprises", "高新技术企业", "家", flow=False),
    _Named("tech_smes", "科技型中小企业", "家", flow=False),
    _Named("smart_workshops_provincial", "省级智能车间", "个", flow=False),
)
_FLOWS = tuple(named for named in _INDICATORS if named.flow)
_OURS = {"suzhou": "苏州", "sip": "苏州工业园区", "kunshan": "昆山", "wujiang": "吴江区", "snd": "苏州高新区"}
_OWN = {"suzhou": "全市", "sip": "园区", "kunshan": "全市", "wujiang": "全区", "snd": "全区"}
_NOT_OURS = {
    **dict.fromkeys(("无锡", "南京市", "上海", "深圳", "合肥市", "浙江"), "elsewhere"),
    **dict.fromkeys(("昆山开发区", "吴江区盛泽镇", "相城区黄埭镇", "太仓港经济技术开发区"), "part of a place"),
    **dict.fromkeys(("江苏", "全国"), "above"),
}
_ABOVE = {"江苏": "jiangsu", "全国": "china"}
_PARTS = {
    "上半年": "{}-H1",
    "一季度": "{}-Q1",
    "第三季度": "{}-Q3",
    "前三季度": "{}-01/{}-09",
    "1—11月": "{}-01/{}-11",
    "前5个月": "{}-01/{}-05",
    "9月份": "{}-09",
}
_PLANS = (
    "到{year}年，{place}{name}力争{reach}{figure}",
    "{place}提出，到{year}年{name}{reach}{figure}",
    "力争{year}年{place}{name}{reach}{figure}",
    "{place}计划到{year}年使{name}{reach}{figure}",
    "{year}年，{place}{name}的目标是{figure}",
    "{place}明确，{year}年{name}要{reach}{figure}",
    "{year}年，{place}{name}将{reach}{figure}",
)
_GUESSES = (
    "预计{year}年{place}{name}{reach}{figure}",
    "{year}年，{place}{name}预计{reach}{figure}",
    "{year}年，{place}{name}有望{reach}{figure}",
    "{year}年，{place}{name}{figure}（预计数）",
)


class _Teller:
    """Tells one story: remembers its place and day, and which digits are taken."""

    def __init__(self, pick: Pick) -> None:
        self.pick = pick
        self.place = pick(sorted(_OURS))
        self.published = date(pick(range(2014, 2027)), pick(range(1, 13)), pick(range(1, 29)))
        self.facts: list[Fact] = []
        self._taken: set[int] = set()

    def figure(self, fact: Callable[[Decimal], Fact], named: _Named) -> str:
        """Words for a new figure, and its fact noted."""
        digits = self.pick(range(1011, 9990))
        while digits in self._taken or digits % 10 == 0:
            digits += 1
        self._taken.add(digits)
        figure = Figure(digits, *(self.pick(_AMOUNTS) if named.unit == "元" else self.pick(_COUNTS)), named.unit)
        style = self.pick([style for style in STYLES if style != "wide thousands"])
        said = phrase(figure, style, self.pick(["", "", *BEFORE])) or phrase(figure, "arabic")
        assert said
        self.facts.append(fact(said.value))
        return said.say

    def last_year(self) -> int:
        """A year that is over on the day of publication."""
        return self.published.year - self.pick([1, 1, 2, 3])

    # -- sentences: each is one clause or two, and says place and period itself ---------------------------------------
    def outcome(self, place: str, say: str) -> str:
        named, year = self.pick(_INDICATORS), self.last_year()
        if say == "江苏" and named.say.startswith("省级"):
            named = _INDICATORS[0]  # 江苏省级智能车间 is a level of workshops, whosever they are
        period = f"{year}" if named.flow else f"{year}-12-31"
        when = f"{year}年，" if named.flow else self.pick((f"截至{year}年底，", f"{year}年末，"))
        figure = self.figure(partial(Fact, named.id, place, "value", "actual", period), named)
        return f"{when}{say}{named.say}{self.pick(('达到', '为', '达', '共'))}{figure}"

    def part_year(self) -> str:
        named, year, part = self.pick(_FLOWS), self.last_year(), self.pick(sorted(_PARTS))
        period = _PARTS[part].replace("{}", str(year))
        figure = self.figure(partial(Fact, named.id, self.place, "value", "actual", period), named)
        return f"{year}年{part}，{_OURS[self.place]}{named.say}{self.pick(('完成', '达到', '为'))}{figure}"

    def added_in_part_year(self) -> str:
        named, year = self.pick([named for named in _INDICATORS if not named.flow]), self.last_year()
        figure = self.figure(partial(Fact, named.id, self.place, "new", "actual", f"{year}-H1"), named)
        return f"{year}年上半年，{_OURS[self.place]}新增{named.say}{figure}"

    def plan(self) -> str:
        return self._ahead(_PLANS, "target", self.published.year + self.pick([0, 1, 2, 5]))

    def guess(self) -> str:
        return self._ahead(_GUESSES, "estimate", self.published.year)

    def _ahead(self, forms: Sequence[str], status: str, year: int) -> str:
        named = self.pick(_INDICATORS)
        figure = self.figure(partial(Fact, named.id, self.place, "value", status, f"{year}"), named)
        reach = "" if figure.startswith(("超", "逾", "突破")) else self.pick(("达到", "达"))
        place = _OURS[self.place]
        return self.pick(forms).format(year=year, place=place, name=named.say, reach=reach, figure=figure)

    def recalled_plan(self) -> str:
        """A plan of the past with what came of it."""
        named, year = self.pick(_FLOWS), self.last_year()
        planned = self.figure(partial(Fact, named.id, self.place, "value", "target", f"{year}"), named)
        reached = self.figure(partial(Fact, named.id, self.place, "value", "actual", f"{year}"), named)
        return f"{_OURS[self.place]}原计划{year}年{named.say}达到{planned}，实际完成{reached}"

    def not_ours(self) -> str:
        say = self.pick(sorted(_NOT_OURS))
        return self.outcome(_ABOVE.get(say, _NOT_OURS[say]), say)

    def company(self) -> str:
        year, named = self.last_year(), self.pick([_FLOWS[0], _FLOWS[1]])
        figure = self.figure(partial(Fact, named.id, "company", "value", "actual", f"{year}"), named)
        return self.pick((f"{year}年，该公司完成{named.say}{figure}", f"这家企业{year}年{named.say}{figure}"))

    def side_by_side(self) -> str:
        """Another city's figure, then ours, in one sentence."""
        named, year, city = self.pick(_FLOWS), self.last_year(), self.pick(("无锡", "南京", "宁波"))
        theirs = self.figure(partial(Fact, named.id, "elsewhere", "value", "actual", f"{year}"), named)
        ours = self.figure(partial(Fact, named.id, self.place, "value", "actual", f"{year}"), named)
        return f"{year}年，{city}{named.say}{theirs}，{_OURS[self.place]}为{ours}"

    def undated(self) -> str:
        """A flow that nothing dates: it can only begin a story."""
        named = self.pick(_FLOWS)
        figure = self.figure(partial(Fact, named.id, self.place, "value", "actual", ""), named)
        return f"{self.pick((_OURS[self.place], _OWN[self.place]))}{named.say}{self.pick(('达到', '为', ''))}{figure}"

    def sentences(self) -> Iterator[str]:
        ours = partial(self.outcome, self.place, _OURS[self.place])
        kinds: tuple[Callable[[], str], ...] = (
            *(ours, self.part_year, self.added_in_part_year, self.plan, self.guess),
            *(self.recalled_plan, self.not_ours, self.company, self.side_by_side),
        )
        if self.pick([True, False]):
            yield self.undated()
        for _ in range(self.pick(range(1, 6))):
            yield self.pick(kinds)()


_AMOUNTS = ((3, "万亿"), (0, "亿"), (1, "亿"), (2, "亿"), (0, "万"))
_COUNTS = ((0, ""), (3, "万"))


def story(pick: Pick, name: str = "story") -> Story:
    """One article of one to six sentences, in paragraphs of one to three."""
    teller = _Teller(pick)
    told = [f"{sentence}。" for sentence in teller.sentences()]
    raw = "".join(pick(["", "", "\n\n"]) + sentence for sentence in told).lstrip()
    article = Article(name, f"{name}.txt", raw, "", published=teller.published, precision="day", place=teller.place)
    return Story(article, tuple(teller.facts))


def stories(number: int, seed: int) -> list[Story]:
    """A fixed sample."""
    draw = Random(seed)
    return [story(draw.choice, f"story{n:05}") for n in range(number)]
