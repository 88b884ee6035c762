"""Where a part ends that *including* or *of which* opens: 148 in SIP, 120 in Kunshan, and nothing with a verb of its own.

In: the cleaned tokens of one English sentence and the index of the word that opens the part. Out: the index of its last.
"""

from __future__ import annotations

from collections.abc import Sequence

from etl.link.tokens import Token

VERBS = ("link", "total", "award", "new", "share", "to")
#: What takes a list up again behind a part of its last member.
_RESUMES = ("as well as", "along with", "together with")


def end(tokens: Sequence[Token], start: int, folded: str) -> int:
    """The index of the last token of the part."""
    last = start
    for n in range(start + 1, len(tokens)):
        token = tokens[n]
        if token.kind == "mark" and (token.what in "；。（）" or not _goes_on(tokens, n + 1, folded)):
            break
        last = n
    return last


def _goes_on(tokens: Sequence[Token], at: int, folded: str) -> bool:
    """Whether the segment from here is one more member of the list: numbers and places, no verb."""
    numbers = False
    resumed = at < len(tokens) and folded[tokens[at].start : tokens[at].end] in _RESUMES
    for token in tokens[at:]:
        if token.kind == "mark":
            break
        if resumed and token.kind == "name":
            return False  # 22 of them named last year, as well as 1,960 high-tech enterprises
        if token.kind in (*VERBS, "plan", "expect", "grow", "fall", "this", "date"):
            return False
        numbers = numbers or token.kind in ("number", "other")
    return numbers
