"""Places in English prose: Suzhou · SIP · the park · citywide · Wuxi · Kunshan Development Zone · the company.

In: the folded text and the catalogue. Out: mentions of `Where`, the same values as of Chinese places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.catalogue import Catalogue
from etl.model import Mention, Span
from etl.recognise import literals
from etl.recognise.places import Where

_RANKS: dict[str, str] = {
    "city": r"(?:the|this|our) (?:whole |entire )?(?:city|municipality)|across the city|throughout the city|city-?wide|within the city|the entire city",
    "district": r"(?:the|this|our) (?:whole |entire )?district|district-?wide",
    "county": r"(?:the|this|our) (?:whole |entire )?(?:county|county-level city)",
    "park": r"(?:the|this|our) (?:whole |entire )?(?:industrial )?park|park-?wide",
    "province": r"(?:the|this|our) (?:whole |entire )?province|province-?wide|(?:the )?provincial(?= (?:total|figure|tally|count|sum))|(?:the )?provincial(?= average (?:of|was|is|stood|at) )",
    "country": r"(?:the|this|our) (?:whole |entire )?(?:country|nation)|nation-?wide|country-?wide|(?:the )?national(?= (?:total|figure|tally|count|sum))|(?:the )?national(?= average (?:of|was|is|stood|at) )|nationally(?=,)|the (?:chinese )?mainland(?! (?:boards?|exchanges?|stock|markets?|bourses?|investors?))",
    "world": r"the (?:whole |entire )?world|the globe",
}  # fmt: skip
_FOREIGN = (
    "germany|japan|singapore|france|britain|italy|switzerland|india|vietnam|korea|south korea|the united states|the us|"
    "the uk|the united kingdom|europe|asia|(?:the )?(?:yangtze|pearl) river delta|silicon valley|(?:southern|northern) jiangsu"
)
_COMPANY = (
    r"(?!(?:one|another|an?) (?:[a-z0-9-]+ ){0,4}(?:smart|lighthouse|5g|green|zero-carbon) (?:factory|workshop|plant))"
    r"(?:the|this|a|an|one|another|each|that|its|his|her) (?:(?!(?:of|for|in|to|by|with|from|and|that|which|as|on) )[a-z-]+ ){0,5}?(?:company|firm|enterprise|manufacturer|maker|start-?up|supplier|producer|developer|"
    r"subsidiary|conglomerate|corporation|carmaker|automaker|chipmaker|tech giant|industry giant|unit|workshop|plant|factory|joint venture|brand|business)"
    r"(?:'s)?(?![a-z-])(?! (?:title|list|sector|environment|community|association|park|owners|count|number|total|of|for))"
)
#: The development zone, the old town: a part of a place, whichever.
_PART = r"(?:the|this) (?:(?!(?:of|for|in|to|by|with|from|and|that|which|as|on) )[a-z-]+ ){0,3}(?:development zone|economic zone|bonded zone|trade zone|town|township|subdistrict|sub-district|village|new area)(?:'s)?(?![a-z-])"
#: What has or gathers things of its own, though it is no company.
_BODY = (
    r"(?:the|this|a|an|its) (?:[a-z-]+ ){0,4}?(?:institute|university|laboratory|lab|platform|project|facility|cent(?:er|re)|alliance|bank|fund|event|fair|expo|exhibition|"
    r"contest|competition|survey|delegation|forum|summit)(?:'s)?(?![a-z-])(?! (?:of|for|in|park|area|list))"
)
_SPEAKER = r"(?:we|our|my|us)(?= )(?! (?:city|district|county|park|province|country|municipality|nation))"
_PROPER = r"(?:[A-Z][A-Za-z&-]*(?: (?:and |of )?|-)){0,5}"
_ORGANISATION_ENDS = (
    "Bureau|Commission|Committee|Government|University|Daily|Institute|Academy|Hospital|Customs|Bank|Laboratory|Lab|College|School|Department|Office|"
    "Association|Federation|Center|Centre|News|Times|Post|Today|Court|Fund|Expo|Forum|Conference|Summit|Museum|Station|Library"
)
_COMPANY_ENDS = "Co|Ltd|Inc|Corp|Corporation|Group|Technology|Technologies|Electronics|Company|Holdings|Motors|Semiconductor|Robotics|Pharma|Limited"
_PART_ENDS = "Zone|Town|Township|Subdistrict|Sub-district|Street|Village|Port|Area|Base|Valley|Lake|Park|Island"


class Reader:
    """The places of one catalogue that are written in Latin letters."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._known: dict[str, Where] = {
            name.lower(): Where("elsewhere", name) for name in catalogue.elsewhere if name.isascii()
        }
        for place in catalogue.places.values():
            self._known.update({name.lower(): Where("weak", place.id) for name in place.weak if name.isascii()})
            self._known.update({name.lower(): Where("known", place.id) for name in place.strong if name.isascii()})
        names = literals.pattern(self._known)
        rank = r"(?:[- ](?:city|province|district|county|municipality|prefecture)(?![a-z]))?"
        compass = r"(?:(?:east|north|south|west|central|eastern|southern|northern|western)(?: |ern ))?"
        self._name = re.compile(rf"(?<![a-z&-]){compass}(?P<name>{names}){rank}(?:'?s)?(?![a-z])(?P<based>-based)?")
        own = {name for place in catalogue.places.values() for name in place.strong}
        proper = literals.pattern(name for name in own | catalogue.elsewhere if name.isascii())
        self._longer = re.compile(
            rf"(?<![A-Za-z]){proper}(?:'s)? {_PROPER}(?:(?P<organisation>(?:{_ORGANISATION_ENDS})(?: (?:of|for) [A-Z][a-z]+(?: (?:and )?[A-Z][a-z]+)*)?)|(?P<company>{_COMPANY_ENDS})|(?P<part>{_PART_ENDS}))(?![a-z])"
        )

    def mentions(self, folded: str, lower: str) -> Iterator[Mention[Where]]:
        """Every place and company of the text, given as written and in lower case."""
        for match in self._name.finditer(lower):
            if not folded[match.start("name")].isupper():
                continue
            where = Where("based") if match["based"] else self._known[match["name"]]
            yield Mention(where, Span(*match.span()), "place")
        for match in self._longer.finditer(folded):
            if match[0].lower() not in self._known:
                kind = next(kind for kind in ("organisation", "company", "part") if match[kind])
                yield Mention(Where(kind, match[0]), Span(*match.span()), f"place in the name of a {kind}")
        for match in _ORGANISATIONS.finditer(folded):
            yield Mention(Where("organisation", match[0]), Span(*match.span()), "place in the name of an organisation")
        yield from self._firms(folded)
        for pattern, where in _CLOSED:
            for match in pattern.finditer(lower):
                yield Mention(where, Span(*match.span()), "place")
        for match in _UNKNOWN_PARTS.finditer(folded):
            kind = "part" if match["part"] else "company"
            yield Mention(
                Where(kind, match[0]), Span(*match.span()), "part of a place" if kind == "part" else "company"
            )

    def _firms(self, folded: str) -> Iterator[Mention[Where]]:
        """Names that open their sentence, have something, and are no place's: firms, in an article on industry."""
        for match in _FIRM.finditer(folded):
            if match["name"].lower() not in self._known:
                yield Mention(Where("company", match[0]), Span(*match.span()), "company")


_CLOSED = (
    *((re.compile(rf"(?<![a-z-])(?:{words})(?:'?s)?(?![a-z-])"), Where("rank", rank)) for rank, words in _RANKS.items()),
    (re.compile(rf"(?<![a-z-])(?:{_FOREIGN})(?:'?s)?(?![a-z-])"), Where("elsewhere", "abroad")),
    (re.compile(rf"(?<![a-z-])(?:{_COMPANY})"), Where("company", "company")),
    (re.compile(rf"(?<![a-z-])(?:{_BODY})"), Where("organisation", "body")),
    (re.compile(rf"(?<![a-z-])(?:{_PART})"), Where("part", "part")),
    (re.compile(rf"(?<![a-z-])(?:{_SPEAKER})"), Where("company", "speaker")),
)  # fmt: skip
#: The Cyberspace Administration of China, the World Economic Forum: a place inside that is no place of a figure.
_ORGANISATIONS = re.compile(
    r"(?:[A-Z][a-z]+ (?:and )?){0,4}(?:Administration|Academy|Association|Ministry|Bank|Council|Federation|Institute|Society|Commission|Chamber|Government|Bureau)"
    r" (?:of|for) (?:[A-Z][a-z]+ (?:and )?){0,4}?(?:China|Suzhou|Jiangsu|the People's Republic of China)(?:'s)?(?![a-z])"
    r"|Ministry of [A-Z][a-z]+(?:,? (?:and )?[A-Z][a-z]+)*|(?:[Tt]he )?(?:World|International|National|Chinese|China|Asian)(?: [A-Z][a-z]+){1,4}? (?:Forum|Organization|Organisation|Bank|Association|Federation|Administration|Commission|Bureau|Council)(?:'s)?(?![a-z])"
)
#: Ecovacs reported …, AISpeech's software revenue …: a name that opens its sentence and is no place's has the figure.
_FIRM = re.compile(
    r"(?:\A|(?<=[.;!?] )|(?<=\n))(?!(?:It|They|He|She|We|You|Output|Revenue|Investment|Growth|Spending|Production|Officials|Authorities|Data|Figures|Statistics|Industry|Sales|"
    r"Factories|Firms|Companies|Enterprises|Manufacturers|Makers|Exports|Imports|Trade|That|This|These|Those|Which|Who|All|Some|Most|Many|Each|Both|Others?|Another|One|Neither|None|Nobody|Nothing|"
    r"Today|Yesterday|Tomorrow|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Last|Next|The|An?|Its|Their|His|Her|My|Our|Here|There|What|So|But|And|As|By|In|On|At|Of|For|With|From|Since|After|Before|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|Spring|Summer|Autumn|Winter)(?![a-z]))"
    r"(?P<name>[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+)?)(?:(?=(?: alone)? (?:had|reported|posted|recorded|booked|saw) )|'s?(?= [a-z]))"
)
_UNKNOWN_PARTS = re.compile(
    r"(?<![A-Za-z])(?:[A-Z][a-z]+ ){1,4}(?:(?P<part>Town|Township|Subdistrict|Sub-district|Village|Development Zone|Economic Zone|Technological Development Zone|New Town|High-tech Zone|Hi-tech Zone|Bonded Zone)"
    r"|(?:(?:Co|Ltd|Inc|Corp|Group|Corporation|Technologies|Technology|Electronics|Holdings)))(?![a-z])(?:'s)?"
)
