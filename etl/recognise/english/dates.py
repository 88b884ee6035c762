"""English dates: in 2024 · by the end of last year · in the first nine months of 2025 · as of June 30 · by then.

In: the folded text. Out: mentions of `When`, the same values as of Chinese dates. The preposition belongs to the date,
since it tells a year from its end and a plan from an outcome.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from etl.model import Mention, Span
from etl.recognise.periods import When

Found = dict[str, str | None]  # the named groups of a match

_UNTIL = ("by", "before", "until", "till", "up to", "up until", "through", "as of", "as at")
_MONTH_NAMES = "january february march april may june july august september october november december".split()
_COUNTS = {
    word: number
    for number, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}
_DECEMBER = 12  # what is more is no month: 2025-27
_FIVE_YEAR_PLANS = {"13": 2020, "14": 2025, "15": 2030}

_MONTH = r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
_YEAR = (
    r"(?:(?:the )?(?:full[- ]year|whole of|whole year of|whole|calendar|fiscal(?: year)?|year(?: of)?) )?"
    r"(?P<year>(?:19|20)\d\d)(?:[aef](?![a-z]))?(?![\d%]|-(?:1[3-9]|[23]\d)(?![\d-])|\.\d|[- ](?:hundred|thousand|million|billion|trillion|percent|yuan|petaflops|pflops))"
)
_RELATIVE: dict[str, tuple[str, int]] = {
    "this year": ("publication", 0),
    "the current year": ("publication", 0),
    "so far this year": ("publication", 0),
    "this year so far": ("publication", 0),
    "last year": ("publication", -1),
    "the year before last": ("publication", -2),
    "next year": ("publication", 1),
    "the previous year": ("frame", -1),
    "the prior year": ("frame", -1),
    "the preceding year": ("frame", -1),
    "the year before": ("frame", -1),
    "a year before": ("frame", -1),
    "a year earlier": ("frame", -1),
    "a year ago": ("frame", -1),
    "one year earlier": ("frame", -1),
    **{f"{n} months {word}": ("frame", -1) for n in ("twelve", "12") for word in ("earlier", "before", "ago")},
    "that year": ("frame", 0),
    "that same year": ("frame", 0),
    "the same year": ("frame", 0),
    "the year": ("frame", 0),
    "the following year": ("frame", 1),
    "the full year": ("frame", 0),
    "the whole year": ("frame", 0),
    "the entire year": ("frame", 0),
    "full-year": ("frame", 0),
    "whole-year": ("frame", 0),
    "the course of the year": ("frame", 0),
    "the course of last year": ("publication", -1),
    "the whole of last year": ("publication", -1),
    "the whole of this year": ("publication", 0),
    "all of last year": ("publication", -1),
    "all of this year": ("publication", 0),
}
_WORDED = "|".join(sorted(_RELATIVE, key=len, reverse=True))
_YEARISH = rf"(?:{_YEAR}|(?P<relative>{_WORDED}))"
_YEARISH_TOO = _YEARISH.replace("<year>", "<year_too>").replace("<relative>", "<relative_too>")
_BEFORE = (
    r"(?:(?P<before>as of|as at|up to|up until|by|before|until|till|through|since|in|at|on|during|throughout|over|for|of|from|within|between|"
    r"than in|than at|than|compared with|compared to|against) (?:about |around |late |early |mid-?)?)?"
)
_BEFORE_TOO = _BEFORE.replace("<before>", "<before_too>").replace("mid-?", "")
_PARTS = (
    r"(?:the )?(?:(?P<half>first|second|last)[ -]half|(?P<quarter>first|second|third|fourth|last|final)[ -]quarter"
    r"|(?:first|opening) (?P<n>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven) (?P<parts>months|quarters)"
    r"|q(?P<q>[1-4])|h(?P<h>[12]))"
)
_SPAN = rf"(?:the )?(?P<m1>{_MONTH})(?: to | through | and |-to-| ?- ?)(?P<m2>{_MONTH})(?: period)?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_OF = r"(?:,? (?:of |in )?)"


def _dated(shape: str) -> re.Pattern[str]:
    """A shape of a date that is no part of a word or of a longer number."""
    return re.compile(rf"(?<![\w.&$-])(?:{shape})(?!\w|\.\d)")


_CLOSE = r"(?:(?:the )?(?:(?:very )?(?:end|close)|(?:last|final|closing) day) of |(?:the )?year-?end (?:of )?|end-)"
_END = _dated(
    rf"{_BEFORE}{_CLOSE}"
    rf"(?:(?:(?P<month>{_MONTH})|{_PARTS})(?:{_OF}{_YEARISH})?|(?P<last_month>last month))"
)
_END_OF_YEAR = _dated(rf"{_BEFORE}{_CLOSE}(?:the )?{_YEARISH}")
_START = _dated(rf"{_BEFORE}(?:the )?(?:very )?(?:start|beginning|outset) of (?:the )?{_YEARISH}")
_MID_YEAR = _dated(
    rf"{_BEFORE}(?:the )?(?:mid-?year|mid-point of the year|middle of the year)(?:,? (?:of )?{_YEARISH})?|{_BEFORE_TOO}mid-?(?P<mid>20\d\d)"
)
_YEAR_END = _dated(rf"{_BEFORE}(?:{_YEAR}[- ]end|(?:the )?(?:year-?end|year's (?:end|close)|end of the year))")
_PART = _dated(rf"{_BEFORE}(?:{_PARTS}|{_SPAN})(?:{_OF}{_YEARISH})?")
#: 1H25, H1 2025, 3Q25, FY2025, 9M25, as analysts write them.
_SHORT = _dated(
    rf"{_BEFORE}(?:(?P<h1>[12])h|h(?P<h2>[12])|(?P<q1>[1-4])q|q(?P<q2>[1-4])|(?P<n>\d{{1,2}})m|fy) ?'?(?P<short>(?:20)?[12]\d)(?:[aef](?![a-z]))?"
)
_YEARS_PART = _dated(rf"{_BEFORE}{_YEARISH}'s (?P<half>first|second) half")
_EXACT = _dated(rf"{_BEFORE}(?P<month>{_MONTH}) {_DAY}(?:,? {_YEARISH})?(?!\d)")
_DAY_FIRST = _dated(rf"{_BEFORE}{_DAY} (?P<month>{_MONTH})(?:,? {_YEARISH})?(?!\d)")
_ISO = _dated(rf"{_BEFORE}(?P<year>20\d\d)[-/](?P<m>\d\d?)[-/](?P<day>\d\d?)(?!\d)")
_IN_MONTH = _dated(rf"{_BEFORE}(?P<month>{_MONTH})(?:{_OF}{_YEARISH})?(?![a-z])(?P<alone>(?= alone))?")
_IN_YEAR = _dated(rf"{_BEFORE}(?:late |early |mid-?)?{_YEARISH}")
_SAME = _dated(
    rf"{_BEFORE}(?:the )?(?:same|corresponding) (?:(?:\w+[- ])?(?:period|months|quarters|weeks)|(?P<time>time)|point|month|quarter|half|stretch|span)(?: (?:of |in )?(?:{_YEARISH}))?|(?:at )?(?:this|the same) time last year"
)
_YEARS = _dated(
    r"(?:over|in|during|for|within|across)? ?(?:the )?(?:past|last|next|coming|recent|previous|preceding|following) (?:\w+ |\d+ )?(?:consecutive )?years"
    r"|(?:for|in|over|within) (?:\w+|\d+) (?:consecutive |straight |successive )?years|(?:over|through) the years|(?:for|in) (?:the )?\w+ (?:consecutive|straight|successive) years?"
    r"|(?:during |in |over |under )?the 1[345]th five-year plan(?: period)?(?: \(20\d\d-(?:20)?\d\d\))?|since (?:its |the )?(?:launch|founding|establishment|opening|inception)"
    r"|(?:from |between |in |during |over |for |of |across |within |throughout )?(?:the )?(?P<y1>20\d\d)(?:(?: ?- ?| to | and | through )(?P<y2>20\d\d)|-(?P<y3>[1-3]\d)(?![\d-]))(?=\W)|(?P<ago>\w+|\d+) years (?:ago|(?P<earlier>earlier))"
)
#: In the five years to 2025, over the year to February: spans that are no year.
_YEARS_TO = _dated(
    rf"(?:in|over|during|for|across|throughout) the (?:(?:\w+|\d+)[- ])?years? (?:to|through|ending|ended|up to)(?: in)? (?:the end of )?(?:{_MONTH}(?:,? {_YEARISH})?|{_YEARISH_TOO})"
)
#: Last December, this January, the end of last September.
_WHICH_MONTH = _dated(
    rf"{_BEFORE}(?:(?P<end>the end of|late|end-) ?)?(?P<which>last|this past|this) (?P<month>{_MONTH})"
)
_PLAN_END = _dated(r"(?P<before>by )?(?:the )?end of (?:the )?(?P<plan>1[345])th five-year plan(?: period)?")
_NOW = _dated(
    r"as of now|as of today|to date|so far(?! this)|at present|currently|at the moment|right now|now(?! (?:put|estimated|revised|seen|thought|believed|expected|forecast|projected|reckoned|said|known|given|stated) )|today|presently|nowadays|up to now|at the time of writing|until now|by now"
)
_LAST_MONTH = _dated(r"(?:in |during |over )?(?P<which>last|this) month")
#: By then, at that point, on the same date: the date told before it.
_THEN = _dated(
    r"(?:by|as of|as at|until|up to) then|(?:by|at|as of) that (?:time|point|stage|juncture|date)|at the time(?! of)|back then"
    r"|(?:on|at|by|as of|as at|as on) (?:the (?:very )?same|that(?: same| very)?|the said) (?:date|day)"
)
#: Five years later, a decade on, twelve months after that: so long behind the date told before it.
_LATER = _dated(
    r"(?:(?:just|only|barely|some|about|fully) )?(?P<count>an?|half a|\w+) (?:full |short )?(?P<unit>years?|decades?|months?|quarters?|weeks?|days?)"
    r" (?:later|after(?:wards|ward)|after that|thereafter|from then|down the (?:road|line)|on(?=[,;.:)\n]|$| from then| from that))"
)
#: A decade ago, some five years back, in the 1990s, once had, previously stood: a past of no year that anybody could tell.
_HAD = r"(?:had|was|were|stood|numbered|counted|boasted|hosted|housed|claimed|totaled|totalled|ran|operated)"
_VAGUE = _dated(
    r"(?:(?:just|only|barely|scarcely|as (?:recently|late) as|as little as|back) )?(?:(?:an?|half an?|the|\w+) )?(?:few |couple of |number of |full |good |short |mere )?(?:decades?|generations?|century|centuries|half-century|half-decade) (?:ago|back|earlier|before)"
    r"|(?:(?:just|only|as (?:recently|late) as) )?(?:a few|several|some|many|a couple of|a number of|a good many|a good few|any number of) (?:short )?(?:years|months|weeks) (?:ago|back|earlier|before)"
    r"|(?:some|about|around|roughly|nearly|almost|over|more than|less than|well over|close to|at least|just over|just under|under) (?:\w+|\d+) years (?:ago|back|earlier|before)"
    r"|(?:\w+|\d+) (?:years back|(?:months?|weeks?|quarters?) (?:ago|back))|(?:half a year|years|months|not (?:so |that |very )?long) ago"
    r"|(?:back )?(?:in|during|throughout|since|from|of) the (?:early |mid-?|late |middle |mid to late )?(?:19|20)\d0s|(?:in|at|before|around|since) the turn of the (?:century|millennium)"
    r"|(?:in|during) (?:those (?:days|years)|(?:its|the) (?:early|first|earliest) (?:days|years|stages?)|(?:earlier|bygone|former|past|previous) (?:years|times|days|decades)|years past|the past(?! (?:\w+ )?(?:years?|months?|decades?|quarters?|weeks?|half|five-year)))"
    r"|(?:until|up until|till) (?:recently|lately|not long ago)|(?:before|prior to) the (?:pandemic|crisis|outbreak|boom|downturn|slump)"
    rf"|(?:once|formerly|previously|originally|initially|at (?:first|the outset))(?= {_HAD}(?![a-z]))|(?<=had )(?:once|previously|formerly|initially|originally)(?= (?:been )?\d)|(?:at first|previously|initially|originally)(?=[,;.)\n]|$)"
)
#: When the year closed, as 2025 drew to a close, by the time the year was out, ended the year with; when the year began.
_CLOSED = _dated(
    rf"(?:ended|finished|closed|ends|finishes|closes|ending|finishing|closing|rounded off|rounding off|saw out) {_YEARISH}(?= (?:with|at|on|above|below|having|just|some)(?![a-z]))|"
    rf"(?:(?P<before>by) the time(?: that)?|when|as|once) {_YEARISH_TOO} (?:(?:had |has |was |is )?(?:closed|ended|ends|closes|finished|expired|wound down|wound up|out|over|done|up)"
    r"|(?:drew|came|draws|comes|was drawing|was coming|had drawn|had come) to (?:a close|an end|its close|its end))"
)
_OPENED = _dated(rf"(?:when|as) {_YEARISH} (?:began|opened|started|dawned|got under way|got underway|kicked off)")


def mentions(lower: str) -> Iterator[Mention[When]]:
    """Every date of the text, given in lower case; overlapping ones are settled by the overlap rule."""
    for pattern, read in _READERS:
        for match in pattern.finditer(lower):
            if what := read(match.groupdict()):
                yield Mention(what, Span(*match.span()), "date")


def _span(found: Found, *, end: bool = False) -> When | None:
    """A day, some months or a year; its end where that is said, or up to when a stock is counted."""
    before, months, day = found.get("before") or "", _months(found), int(found.get("day") or 0)
    if (months and not 1 <= months[0] <= months[1] <= 12) or day > 31:
        return None
    if before == "since":
        return When("years")
    base, year = _year(found)
    until = before in _UNTIL
    return When(base, year, months, day, end or bool(day) or (until and months is not None), until)


def _end(found: Found) -> When | None:
    return When("month", -1, point=True) if found.get("last_month") else _span(found, end=True)


def _start(found: Found) -> When | None:
    return When("years") if found.get("before") == "since" else When(*_year(found), (1, 1), 1, point=True)


def _short(found: Found) -> When | None:
    half, quarter = found["h1"] or found["h2"], found["q1"] or found["q2"]
    if found["n"] and found["n"] not in ("6", "9", "10", "11"):
        return None
    whole = {**found, "h": half, "q": quarter, "year": "20" + (found["short"] or "")[-2:], "parts": "months"}
    return _span(whole)


def _in_hand(found: Found) -> When | None:
    """As long a time as was told before."""
    if found["any"]:
        return When("then")
    count = 3 if found["quarter"] else 6 if found["half"] else _number(found["n"])
    return When("span", months=(1, count)) if 0 < count <= 12 else None


def _months_to(found: Found) -> When | None:
    """So many months that end with the one named."""
    count, last = _number(found["n"]), _month(found["month"] or "")
    first = last - count + 1
    return When(*_year(found), (first, last)) if first > 0 else When("years")


def _number(words: str | None) -> int:
    return _COUNTS.get(words or "", 0) or int(words or 0)


def _mid_year(found: Found) -> When | None:
    """At mid-year: the end of June."""
    before, year = found["before"] or found["before_too"], found["mid"] or found["year"]
    return replace(
        _span({**found, "before": before, "year": year, "half": "first"}, end=True) or When("years"), point=True
    )


def _in_month(found: Found) -> When | None:
    """In May, June alone; a bare May or March is a word."""
    said = found["before"] or found["year"] or found["relative"] or found["alone"]
    return _span(found) if said else None


def _which_month(found: Found) -> When | None:
    """Last December is that of the year before, this January of the year itself."""
    told = _span(
        {**found, "relative": "last year" if found["which"] == "last" else "this year"}, end=bool(found["end"])
    )
    return told if told is None or told.months else None


def _same(found: Found) -> When | None:
    """Than the same period is a year before; over the same period, with nothing behind it, is that of the sentence."""
    if found["year"]:
        return When("same", int(found["year"]))
    before = found["before"] or ""
    if found["relative"] or before.startswith(("than", "compared", "against", "from")) or not before:
        return When("frame", -1)
    return None if found["time"] else When("then")


def _plan_end(found: Found) -> When | None:
    year = _FIVE_YEAR_PLANS[found["plan"] or ""]
    return When("absolute", year, None, 0, point=False, until=found["before"] is not None)


def _years(found: Found) -> When | None:
    if found["ago"]:
        count = _COUNTS.get(found["ago"], 0) or (int(found["ago"]) if found["ago"].isdigit() else 0)
        base = "frame" if found["earlier"] else "publication"  # than what was told before, or than today
        return When(base, -count) if count else None
    last = int(found["y2"] or 0) or 2000 + int(found["y3"] or 0)
    if found["y1"] and int(found["y1"]) < last and (found["y2"] or last > 2000 + _DECEMBER):
        return When("years", int(found["y1"]), last_year=last)
    return When("years")


def _later(found: Found) -> When:
    """Five years later, a decade on; months and days behind a date are none that anybody counts out."""
    unit, count = (found["unit"] or "").removesuffix("s"), found["count"] or ""
    years = {"year": Decimal(1), "decade": Decimal(10)}.get(unit, Decimal(0))
    many = Decimal("0.5") if count == "half a" else Decimal(_COUNTS.get(count, 0) or (count in ("a", "an")))
    whole = years * (Decimal(count) if count.isdigit() else many)
    return When("later", int(whole) if whole % 1 == 0 else 0)


def _year(found: Found) -> tuple[str, int]:
    if year := found.get("year") or found.get("year_too"):
        return "absolute", int(year)
    return _RELATIVE.get(found.get("relative") or found.get("relative_too") or "", ("frame", 0))


def _months(found: Found) -> tuple[int, int] | None:
    if half := found.get("half") or found.get("h"):
        return (1, 6) if half in ("first", "1") else (7, 12)
    if quarter := found.get("quarter") or found.get("q"):
        number = _ORDINALS.get(quarter) or int(quarter)
        return 3 * number - 2, 3 * number
    if count := found.get("n"):
        number = _COUNTS.get(count) or int(count)
        return 1, number * (3 if found["parts"] == "quarters" else 1)
    if (first := found.get("m1")) and (last := found.get("m2")):
        return _month(first), _month(last)
    if name := found.get("month"):
        return _month(name), _month(name)
    return (int(m), int(m)) if (m := found.get("m")) else None


def _month(name: str) -> int:
    return next(number for number, month in enumerate(_MONTH_NAMES, 1) if month.startswith(name[:3]))


#: In the quarter, over the same nine months: the time so long that was told last; during the period, whatever it was.
_IN_HAND = re.compile(
    rf"(?<![a-z])(?:in|over|for|during|across|within|throughout) (?:the|that|those|these) (?:same |whole |entire |full )?"
    rf"(?:(?P<quarter>quarter|three months)|(?P<half>half-year|half|six months)|(?P<n>\d{{1,2}}|{'|'.join(_COUNTS)})[- ]months?(?: period)?|(?P<any>period))"
    r"(?! of| from| to| ended| ending| through|,? (?:19|20)\d\d|[a-z-])"
)
#: In the three months to September, for the six months ended June 30.
_MONTHS_TO = _dated(
    rf"{_BEFORE}(?:the )?(?P<n>\d{{1,2}}|{'|'.join(_COUNTS)})[- ]months? (?:period )?(?:to|ending|ended|through|up to) (?:in )?(?P<month>{_MONTH})(?: {_DAY})?(?:,? {_YEARISH})?"
)

_READERS: tuple[tuple[re.Pattern[str], Callable[[Found], When | None]], ...] = (
    (_MID_YEAR, _mid_year),
    *((pattern, _end) for pattern in (_END, _END_OF_YEAR, _YEAR_END, _CLOSED)),
    *((pattern, _span) for pattern in (_PART, _YEARS_PART, _EXACT, _DAY_FIRST, _ISO, _IN_YEAR)),
    *((pattern, _start) for pattern in (_START, _OPENED)),
    (_IN_MONTH, _in_month),
    (_SAME, _same),
    (_YEARS, _years),
    (_YEARS_TO, lambda _: When("years")),
    (_WHICH_MONTH, _which_month),
    (_PLAN_END, _plan_end),
    (_NOW, lambda _: When("now")),
    (_LAST_MONTH, lambda found: When("month", -1 if found["which"] == "last" else 0)),
    (_THEN, lambda _: When("then", point=True)),
    (_VAGUE, lambda _: When("later")),
    (_LATER, _later),
    (_SHORT, _short),
    (_IN_HAND, _in_hand),
    (_MONTHS_TO, _months_to),
)
