"""English numbers with their units: 4.7 trillion yuan · RMB 3bn · forty-seven · a quarter · 5-trillion-yuan · 1,800-plus.

In: the folded text and the unit words of the catalogue. Out: mentions of `Quantity`, and of `NotFigure` where the digits
are foreign money, a rank or a name. English counts without measure words; such a number has the one that every count of
the catalogue takes (`COUNT`), and what is counted stands in the noun behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from etl.model import Bound, Mention, Quantity, Span
from etl.recognise.quantities import NotFigure

COUNT = "个"

_BEFORE: dict[Bound, str] = {
    ">": """a floor of|a minimum of|more than|over|above|upwards of|upward of|at least|no fewer than|no less than|not less than|not fewer than|well over|just over|just above
        |in excess of|exceeding|exceeded|exceeds|exceed|surpassing|surpassed|surpasses|surpass|topping|topped|tops|top|past|passing|passed|pass
        |beyond|crossing|crossed|cross|greater than|higher than|slightly over|slightly more than|a little over|broken through|broke through|break through
        |has exceeded|had exceeded|have exceeded|breaking|broke|breaks|break|well above|slightly above|somewhat more than""",
    "<": """nearly|almost|close to|less than|fewer than|under|below|approaching|just under|up to|no more than|not more than|at most|nearing|approached|approach|lower than
        |slightly less than|just below|just short of|not quite|approaches""",
    "~": "c.|ca.|about|around|some|roughly|approximately|an estimated|circa|something like|in the region of|in the neighborhood of|approx.",
}  # fmt: skip
_HEDGES: dict[str, Bound] = {
    " ".join(phrase.split()): bound for bound, phrases in _BEFORE.items() for phrase in phrases.split("|")
}
_AFTER: dict[str, Bound] = {
    "-plus": ">", "+": ">", " plus": ">", " or more": ">", " or better": ">", " or higher": ">", " or above": ">", " or so": "~", " and above": ">", "-odd": "~",
    " at least": ">", " at most": "<", " or less": "<",
}  # fmt: skip

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: number for number, word in enumerate(_ONES.split())} | {
    word: 10 * number for number, word in enumerate(_TENS.split(), 2)
}
_SCALES = {
    "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12,
    "mn": 10**6, "bn": 10**9, "tn": 10**12, "trn": 10**12, "m": 10**6, "b": 10**9, "k": 10**3,
}  # fmt: skip
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
}  # fmt: skip
#: Units that fit no indicator, as the linker knows them.
_OTHER_UNITS = {
    "percentage points": "个百分点", "percentage point": "个百分点", "basis points": "个百分点", "bps": "个百分点", "bp": "个百分点", "pps": "个百分点", "pp": "个百分点", "ppts": "个百分点", "ppt": "个百分点", "times": "倍", "fold": "倍", "years": "年",
    "months": "个月", "days": "天", "hours": "小时", "minutes": "分钟", "seconds": "秒", "weeks": "周", "year": "年", "month": "个月",
    "day": "天", "hour": "小时", "minute": "分钟", "week": "周",
}  # fmt: skip

_PERCENT = ("percent", "per cent", "pct", "%")

_WORD = "|".join(sorted(_SMALL, key=len, reverse=True))
_BIG = "hundred|thousand|million|billion|trillion"
_SPELLED = rf"(?:half (?:a )?dozen|(?:{_WORD})|an?(?= (?:hundred|thousand|million|billion|trillion|dozen)))(?:(?:[- ]|[- ]and )(?:{_WORD}|{_BIG}|dozen)(?![a-z]))*"
_HEDGE = "|".join(re.escape(hedge) for hedge in sorted(_HEDGES, key=len, reverse=True))
_IN_HOW_MANY = r"(?P<of>one|two|three|four|five|six|seven|eight|nine|[1-9]) (?:in|out of)(?: every)? (?P<each>two|three|four|five|six|seven|eight|nine|ten|twenty|10|20|[2-9])(?![\d,.]|\w)(?! (?:hundred|thousand|million|billion|years|months|days|weeks|hours|minutes))"
_FRACTION = rf"(?:(?P<parts>an?|one|two|three|four|five|seven|\d)[- ])?(?P<part>{'|'.join(sorted(_PARTS, key=len, reverse=True))})s?(?= of |(?![a-z-]| (?:a )?(?:dozen|million|billion|trillion|hundred|thousand)))"


class Reader:
    """The number pattern of one catalogue."""

    def __init__(self, unit_words: Iterable[str]) -> None:
        latin = {word.lower(): word for word in unit_words if re.fullmatch(r"[A-Za-z][A-Za-z ./²2]+|%", word)}
        self._units = {**latin, "p": "P", **_OTHER_UNITS, "renminbi": "RMB", **dict.fromkeys(_PERCENT, "%")}
        units = "|".join(re.escape(word) for word in sorted(self._units, key=len, reverse=True))
        self._number = re.compile(
            rf"(?<![a-z0-9$€£.&])(?<!turned )(?<!turning )(?P<before>(?:(?:{_HEDGE}) |ca?\. ?(?=\d|rmb|cny|yuan|¥))(?:(?:the|an?|some|about) )?)?(?:(?P<currency>rmb|cny|yuan|¥) ?)?"
            rf"(?:(?P<fraction>{_FRACTION})|(?P<ratio>{_IN_HOW_MANY})|(?:(?P<sign>(?<![a-z\d%)])[+-])?(?P<digits>\d+(?:\.\d+)?)|(?P<spelled>{_SPELLED})(?![a-z]))"
            rf"(?:[- ]?(?P<scale>hundred|thousand|million|billion|trillion|bn|tn|trn|mn|m|b|k)(?![a-z]))?"
            rf"(?P<after1>\+|-plus)?(?:[- ]?(?P<unit>%|(?:{units})(?![a-z])|(?<=\d)p(?![a-z])))?)"
            rf"(?P<after>-plus|\+| plus(?= [a-z])| or more| or better| or higher| or above| or so| and above| or less| at least| at most|-odd)?"
            rf"(?P<mark>[- ](?:mark|threshold|milestone|line|barrier|level|ceiling)(?![a-z]))?"
        )

    def mentions(self, lower: str) -> Iterator[Mention[Quantity] | Mention[NotFigure]]:
        """Every number of the text, given in lower case."""
        for match in self._number.finditer(lower):
            if found := self._quantity(match, lower):
                yield found
        for match in _NOT_FIGURES.finditer(lower):
            number = int((match.lastgroup or "s0")[1:])
            yield Mention(NotFigure(_SHAPES[number][1]), Span(*match.span()), "not a figure")

    def _quantity(self, match: re.Match[str], lower: str) -> Mention[Quantity] | None:
        hedge = re.sub(r" (?:the|an?|some|about)$", "", (match["before"] or "").strip())
        bound = _HEDGES.get(hedge, "=")
        bound = _AFTER.get(match["after"] or match["after1"] or "", bound)
        if match["fraction"] and not _of_something(match):
            return None
        if match["fraction"]:
            whole, parts = _PARTS[match["part"]], match["parts"] or "a"
            many = int(parts) if parts.isdigit() else _SMALL.get(parts, 1)
            value = (Decimal(100 * many) / whole).quantize(Decimal("0.0001")).normalize()
            return Mention(Quantity(value, "%", bound, Decimal("0.05")), Span(*match.span()), "fraction")
        if match["ratio"]:
            many, each = (int(w) if w.isdigit() else _SMALL[w] for w in (match["of"], match["each"]))
            value = (Decimal(100 * many) / each).quantize(Decimal("0.0001")).normalize()
            return (
                Mention(Quantity(value, "%", bound, Decimal("0.05")), Span(*match.span()), "fraction")
                if many < each
                else None
            )
        value_step = self._digits(match)
        if value_step is None or (lower[match.end() : match.end() + 1].isalnum() and match["unit"] != "%"):
            return None
        unit = "CNY" if match["currency"] else self._units.get(match["unit"] or "", COUNT)
        rule = "one" if match["spelled"] == "one" and not match["scale"] and not match["unit"] else "English number"
        return Mention(Quantity(value_step[0], unit, bound, value_step[1] / 2), Span(*match.span()), rule)

    def _digits(self, match: re.Match[str]) -> tuple[Decimal, Decimal] | None:
        """Value and one unit of the last printed digit."""
        scale = Decimal(_SCALES[match["scale"]]) if match["scale"] else Decimal(1)
        if match["digits"]:
            places = len(match["digits"].partition(".")[2])
            return Decimal(match["digits"]) * scale, Decimal(1).scaleb(-places) * scale
        if (
            match["spelled"] == "one"
            and scale == 1
            and not match["unit"]
            and not _COUNTED_ONE.search(match.string, 0, match.start())
        ):
            return None  # a pronoun more often than a number
        return Decimal(spelled(match["spelled"])) * scale, scale


def _of_something(match: re.Match[str]) -> bool:
    """A third of the total, up by just over a fifth; a third has applied."""
    return match.string.startswith(" of ", match.end("fraction")) or match.string.endswith("by ", 0, match.start())


#: What stands before a *one* that may count: one more of a list, or what somebody has.
_COUNTED_ONE = re.compile(
    r"(?:,|;|\b(?:and|has|have|had|with|including|plus|added|adds|adding|home to|hosts?|boasts?|gained|as well as|operates?)) $"
)


def spelled(words: str) -> int:
    """A number in words.

    >>> [spelled(w) for w in ("forty-seven", "two hundred and six", "a dozen", "half a dozen", "three thousand one hundred")]
    [47, 206, 12, 6, 3100]
    """
    if words.startswith("half"):
        return 6
    total = section = 0
    for word in re.findall("[a-z]+", words):
        if word in _SMALL:
            section += _SMALL[word]
        elif word in _SCALES:
            section = (section or 1) * _SCALES[word]
            if _SCALES[word] >= 1000:
                total, section = total + section, 0
    return total + section


#: Shapes of digits that are no quantity of ours: pattern → reason.
_MONEY = r"\d+(?:\.\d+)?(?: ?(?:hundred|thousand|million|billion|trillion|bn|tn|mn|m|b|k)(?![a-z]))?"
_HEDGED = "(?:about |around |some |nearly |over |more than |roughly |approximately )?"
_FOREIGN = r"(?:u\.?s\.? |us |american |hong kong |singapore )?(?:dollars?|euros?|usd|yen|pounds|won(?! (?:the|an?|this|that|such|it|its|their|national|provincial|state|titles?|recognition|honou?rs?|awards?|places?|spots?)(?![a-z])))(?![a-z])"
_SHAPES: tuple[tuple[str, str], ...] = (
    (rf"{_HEDGED}(?:(?:us|hk|nt|s|a)?\$|€|£|usd ?|hkd ?) ?{_MONEY}|{_HEDGED}{_MONEY}[- ]{_FOREIGN}", "unit"),
    (r"(?<![a-z])(?:no\.|top|ranked|rank) ?\d+(?:st|nd|rd|th)?(?!\.?\d*[ -](?:billion|trillion|million))(?![\d%,]|\.\d| percent)", "rank"),
    (r"\d+(?:st|nd|rd|th)(?![a-z])", "rank"),
    (r"(?<![a-z0-9$])(?!rmb|cny|yuan)[a-z]+-?\d+(?:\.\d+)?[a-z]*(?![\d%])|\d+[a-z]{1,2}(?![a-z0-9])(?<![\d](?:bn|tn|mn|km))(?<!\dm)(?<!\dk)(?<!\db)(?<!\dp)", "name"),
    (r"(?<![a-z])(?:industry|ai|web|version|made in china|vision|plan) \d+(?:\.\d+)?(?![\d. ]*(?:percent|%|yuan|million|billion|trillion|companies|enterprises|firms))", "name"),
    (r"(?<!\d)\d{1,2}:\d{2}(?!\d)|(?<!\d)\d{3,4}-\d{7,8}(?!\d)|(?<!\d)\d{9,}(?!\d)|\d+/\d+(?!\d)", "name"),
    (r"\d+(?:\.\d+)?-(?:and-\d+-)?(?:year|day|month|hour|minute|meter|metre|kilometer|nanometer|inch|story|storey|strong|ton|tonne|mu|hectare|point|step|member|person|degree|kilowatt|megawatt|odd)s?(?:-[a-z]+)*", "name"),
    (r"(?:dozens|scores|hundreds|thousands|millions|billions|trillions) of|several (?:dozen|hundred|thousand|million|billion)|a few (?:dozen|hundred|thousand)", "measure"),
)  # fmt: skip
_NOT_FIGURES = re.compile("|".join(f"(?P<s{number}>{shape})" for number, (shape, _) in enumerate(_SHAPES)))
