"""The values that flow from article to database: frozen, without behaviour of their own.

Positions are half-open and count code points of the article's **raw** text unless a name says *folded*.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Generic, Literal, TypeVar

from etl.period import Period

T = TypeVar("T")
Bound = Literal["=", ">", "<", "~"]
Measure = Literal["value", "new", "yoy", "share"]
Status = Literal["actual", "estimate", "target"]
Basis = Literal["stated", "carried", "assumed"]


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """Half-open interval of code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Mention(Generic[T]):
    """Something recognised: what it is, where it stands (folded coordinates) and the shape that matched."""

    what: T
    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written. `value` has its multipliers applied (1.83万 is 18300); `unit` is the word as written."""

    value: Decimal
    unit: str
    bound: Bound
    digits: Decimal  # half a unit of the last printed digit, multipliers applied: the rounding of the figure


@dataclass(frozen=True, slots=True)
class About:
    """What is known of an article beside its text, before it has an entry in sources.yaml; None is not known."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: date | None = None
    precision: str | None = None
    url: str | None = None
    language: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article as received: the text all offsets refer to, and what sources.yaml knows of it.

    `published` is the best single day; `precision` says how much of it is known (day, month, year).
    """

    name: str
    file: str
    raw: str
    sha256: str  # of the file's bytes
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: date | None = None
    precision: str | None = None
    date_note: str | None = None
    url: str | None = None
    language: str | None = None
    place: str | None = None
    publish_text: bool = True


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place in the article that states the figure. `why` is the chain of rules that made it."""

    quote: Span
    figure: Span
    why: str


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure of one indicator, dated and placed. `value` is in the indicator's unit of metrics.yaml."""

    article: str
    indicator: str
    place: str
    measure: Measure
    share_of: str  # a place id for `share`, else empty
    scope: str  # empty = the catalogue's definition
    status: Status
    period: Period
    value: Decimal
    bound: Bound
    rounding: Decimal  # half a unit of the last printed digit, in the indicator's unit
    printed: str
    period_basis: Basis
    place_basis: Basis
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A figure that is no observation, and why. `reason` is one of `REASONS`; `detail` names the words at fault."""

    article: str
    span: Span
    reason: str
    detail: str = ""
    indicator: str = ""  # the indicator it would have been, where one was near: such refusals are worth a look


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything one article gave."""

    observations: tuple[Observation, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    dates: tuple[Span, ...] = field(
        default=()
    )  # digits that were read as dates: accounted for, and neither of the others


#: Why a figure is not an observation: code -> words in Chinese and in English.
REASONS: dict[str, tuple[str, str]] = {
    "no_indicator": ("附近没有目录中的指标", "no indicator of the catalogue near it"),
    "unit": ("单位与指标不符", "the unit does not fit the indicator"),
    "unknown_word": ("指标与数字之间有未识别的词", "an unexplained word stands between name and number"),
    "other_place": ("属于其他地区", "belongs to another place"),
    "no_place": ("无法确定地区", "the place is open"),
    "part_of_place": ("只是某地的一部分", "is of a part of a place"),
    "company": ("属于企业", "is a company's"),
    "level": ("未说明级别", "the level is not stated"),
    "theme": ("属于其他产业", "belongs to another industry"),
    "two_indicators": ("两个指标都说得通", "two indicators fit"),
    "two_readings": ("存在两种读法", "two readings are open"),
    "unequal_lists": ("名称与数字个数不等", "names and numbers are not equally many"),
    "name": ("名称的一部分", "part of a name"),
    "rank": ("名次、序号或批次", "a rank, an ordinal or a batch"),
    "money_granted": ("奖励或资助金额", "money granted"),
    "growth": ("年均或相对其他基期的增长、百分点", "average growth, growth on another base, or percentage points"),
    "share": ("占比的整体不是已知地区", "a share of something else than a known place"),
    "part": ("其中项不是目录中的指标", "a part that is no indicator of the catalogue"),
    "not_fact": ("被否定、提问或假设", "refuted, asked or conditional"),
    "per_unit": ("平均值或单位值", "an average or a figure per unit"),
    "years": ("多年累计或年限", "a span of years"),
    "no_date": ("没有日期，且文章无发表日期", "undated, and the article bears no date"),
    "furniture": ("页面元素", "page furniture"),
    "measure_word": ("时间、次数等计量", "a duration, a number of times or the like"),
    "measure": ("度量不明", "the measure is open"),
    "repeated": ("同一句中另有不同数值", "another value of the same key stands in the sentence"),
}
