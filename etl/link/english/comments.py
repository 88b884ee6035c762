"""What a colon goes on to explain: investment was the weak spot: it slipped 1.5 percent; spending has been soft: investment fell.

In: the tokens of one English sentence as they stand. Out: the same tokens, a comment before a colon cut down to what it
names. What the comment says is of no figure; its name is what *it* means behind the colon.
"""

from __future__ import annotations

from dataclasses import replace

from etl.link.english.made import word_of
from etl.link.tokens import Token

_KEPT = ("name", "place", "date", "mark", "prep", "of")
_SAYING = ("number", "other", "plan", "expect", "refute", "condition")
_DASHES = ("-", "--", "—", "–")
_VERBS = ("grow", "fall", "link", "to", "total", "new")
_IT = ("it", "they", "that", "this")


def cut(found: list[Token], folded: str) -> list[Token]:
    """The tokens without the words of a comment that a colon, a semicolon or a dash ends."""
    at = next((n for n, t in enumerate(found) if t.kind == "mark" and _explains(t, folded)), -1)
    before, behind = found[: max(at, 0)], [t for t in found[at + 1 :] if t.kind != "adjective"]
    if not before or len(behind) < 2 or any(t.kind in _SAYING for t in before):
        return found
    names = [t for t in before if t.kind == "name"]
    if word_of(behind[0]) in _IT and behind[1].kind in _VERBS:
        if len(names) != 1 or names[0].what.whole or not _subject(before):
            return found
        rest = found[found.index(behind[0]) + 1 :]
        return [*(t for t in before if t.kind in _KEPT and t.what != "，"), *rest]
    if behind[0].kind == "name" and not names and _common(before):
        return [t if t.kind != "word" else replace(t, kind="function", what="") for t in before] + found[at:]
    return found


def _explains(sign: Token, folded: str) -> bool:
    return sign.what in "：；" or folded[sign.start : sign.end].strip() in _DASHES


def _subject(before: list[Token]) -> bool:
    """Whether the name is what the comment is about: nothing unknown stands before it."""
    opening = next((t.kind for t in before if t.kind not in ("adjective", "function", "place", "date", "and")), "")
    return opening == "name"


def _common(before: list[Token]) -> bool:
    """Capital spending has been soft: words of the language; Hengtong's year, the plant's year would be somebody's."""
    opens = [t.kind for t in before[:2]] == ["word", "word"]
    proper = [t.what for t in before[opens:] if t.kind == "word" and t.what[:1].isupper()]
    said = any(t.kind == "say" for t in before)
    return not proper and not said and not any(t.kind == "place" and t.what.kind != "known" for t in before)
