"""The chain behind one figure, in words: mentions of its sentence, then what became of it.

In: a sentence that has been read, and a folded offset. Out: lines for `python -m etl explain`.
"""

from __future__ import annotations

from etl.link.state import Claim
from etl.link.walk import Walk
from etl.text import Text


def chain(walk: Walk, at: int, text: Text) -> str:
    """What each word was taken for, the claims whose quotes hold the offset, and the refusal that stands there."""
    lines = [f"{text.folded[t.start : t.end]!r:24} {t.kind:10} {t.rule}" for t in walk.tokens if t.kind != "mark"]
    lines += [_told(claim) for claim in walk.claims if claim.start <= at < claim.end]
    for token, reason, detail, indicator in walk.refusals:
        if token.start <= at < token.end:
            lines.append(f"→ refused: {reason} {detail} {indicator}".rstrip())
    return "\n".join(lines)


def _told(claim: Claim) -> str:
    what = f"{claim.indicator} · {claim.place} ({claim.place_basis}) · {claim.measure} {claim.share_of}".rstrip()
    return (
        f"→ {what} · {claim.status} · {claim.period} ({claim.period_basis}) · {claim.bound}{claim.value} — {claim.why}"
    )
