"""A reader for tests of everything around the reading: figures are written as what they are.

    ai_enterprises@suzhou 2024-12-31 actual >1800      an observation, with the number as its figure
    ?12                                                a refusal

The default of the status is actual.
"""

import re
from decimal import Decimal
from typing import cast

from etl.catalogue import Catalogue
from etl.model import Article, Bound, Evidence, Observation, Reading, Refusal, Span, Status
from etl.period import Period
from etl.rows import rounding

#: Two figures of the toy grammar.
FIRMS = "ai_enterprises@suzhou 2024-12-31 =1800"
OUTPUT = "industrial_output@suzhou 2024 =4680000000000"

#: A file of curated figures: its head, and one good row.
CURATED = "indicator,place,measure,share_of,scope,status,period,value,bound,publisher,title,published,url,seen,confirmed_by,note\n"
ROW = "ai_enterprises,suzhou,value,,,actual,2023-12-31,1500,=,苏州日报,标题,2024-01,,repost,,\n"

FIGURE = re.compile(r"(\w+)@(\w+) (\S+) (?:(actual|estimate|target) )?([=<>~])(-?[\d.]+)")
REFUSED = re.compile(r"\?(\d+)")


def read_toy(article: Article, catalogue: Catalogue) -> Reading:
    """Read the figures of an article that the toy grammar states."""
    found = tuple(_observation(article.name, match) for match in FIGURE.finditer(article.raw))
    refused = tuple(Refusal(article.name, Span(*m.span(1)), "no_indicator") for m in REFUSED.finditer(article.raw))
    return Reading(found, refused)


def read_nothing(article: Article, catalogue: Catalogue) -> Reading:
    """Read no figure at all."""
    return Reading()


def fail(article: Article, catalogue: Catalogue) -> Reading:
    """Break, as rules with a fault of their own would."""
    raise ZeroDivisionError("a fault of the rules")


def _observation(article: str, match: re.Match[str]) -> Observation:
    value = Decimal(match[6])
    return Observation(
        article=article,
        indicator=match[1],
        place=match[2],
        measure="value",
        share_of="",
        scope="",
        status=cast("Status", match[4] or "actual"),
        period=Period.parse(match[3]),
        value=value,
        bound=cast("Bound", match[5]),
        rounding=rounding(value),
        printed=match[6],
        period_basis="stated",
        place_basis="stated",
        evidence=(Evidence(Span(*match.span()), Span(*match.span(6)), "toy"),),
    )
