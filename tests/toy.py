"""A reader for tests of everything around the reading: figures are written as what they are.

    ai_enterprises@suzhou 2024-12-31 actual >1800      an observation, with the number as its figure
    ?12                                                a refusal

The default of the status is actual.
"""

import re
from decimal import Decimal
from typing import cast

from etl.catalogue import Catalogue
from etl.curated import rounding
from etl.model import Article, Bound, Evidence, Observation, Reading, Refusal, Span, Status
from etl.period import Period

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
