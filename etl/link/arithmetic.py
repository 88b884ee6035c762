"""What sums bear out: whether a growth is that of the two figures told beside it.

In: two claims of one thing and a growth. Out: whether the one follows from the others. Source: reading.md §3 F.
"""

from __future__ import annotations

from etl.link.state import Claim
from etl.model import Quantity


def borne_out(first: Claim, last: Claim, growth: Quantity) -> bool:
    """Whether a growth is what the sums of a year and of the one before it make."""
    return abs((first.value / last.value - 1) * 100 - growth.value) <= _BORNE_OUT


_BORNE_OUT = 1  # points by which a growth may differ from that of two rounded sums


_APART = 400  # days between two figures that are more than a year apart


def years_apart(first: Claim, last: Claim) -> bool:
    """Whether two figures of one thing are so far apart that what lies between is no year's growth."""
    same = (first.indicator, first.place, first.measure) == (last.indicator, last.place, last.measure)
    alike = first.period.kind == last.period.kind
    return same and alike and bool(first.value) and (last.period.end - first.period.end).days > _APART
