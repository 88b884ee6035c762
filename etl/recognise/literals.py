"""Many fixed words as one regular expression that finds the longest at each place in one pass.

In: words. Out: a pattern built as a prefix tree, so that its cost does not grow with the number of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

#: What a gap (…) inside a name may stand for: a few characters, no digit, no mark.
GAP = r"[^\d，。；：！？、（）\n\t]{0,12}?"


def pattern(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first; … in a word stands for a short gap."""
    plain = sorted({word for word in words if "…" not in word})
    gaps = sorted((word for word in words if "…" in word), key=lambda word: (-len(word), word))
    tree: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in plain:
        node = tree
        for sign in word:
            node = node.setdefault(sign, {})
        node[""] = {}
    alternatives = [GAP.join(map(re.escape, word.split("…"))) for word in gaps]
    if tree:
        alternatives.append(_branch(tree))
    return "(?:" + "|".join(alternatives) + ")"


def starting(signs: str, shape: str) -> str:
    """The shape, tried only where one of its first signs stands: most of a text is skipped at one look a character."""
    return f"(?=[{signs}])(?:{shape})"


def _branch(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
    """The expression of one node of the tree: longer words are tried before the word that ends here."""
    ends = "" in node
    parts = [
        re.escape(sign) + _branch(child) if set(child) != {""} else re.escape(sign)
        for sign, child in sorted(node.items())
        if sign
    ]
    if not parts:
        return ""
    body = parts[0] if len(parts) == 1 and not ends else "(?:" + "|".join(parts) + ")"
    return body + "?" if ends else body
