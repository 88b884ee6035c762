"""Growth in an English sentence behind what has grown: growth in output, lifted its output 5 percent, a growth target for it.

In: the cleaned tokens of one sentence. Out: the same tokens, a verb or noun of growth behind its name and before its
percentage; what is reached after *to* marked as such.
"""

from __future__ import annotations

import re
from dataclasses import replace

from etl.catalogue import Catalogue
from etl.link.english.made import cue, indicator_of, word_of
from etl.link.tokens import Token

#: What somebody does to what then grows.
_LIFTING = re.compile(r"(?i)(?:lift|rais|boost|push|increas|expand|grow|driv)(?:e|s|es|ed|ing|n)?|grew|drove")


def told(found: list[Token], catalogue: Catalogue, folded: str) -> list[Token]:
    """The tokens with each growth behind what has grown."""
    return _growth_to(_percent_in(_growth_in(found, folded), catalogue), folded)


def _growth_in(found: list[Token], folded: str) -> list[Token]:
    """Growth in industrial output reached 4 percent: the name first, as if its output had grown."""
    for n, token in enumerate(found):
        lifted = _lifted(found, n, folded)
        if token.kind not in ("grow", "fall") and not lifted:
            continue
        m = n + 1
        while m < len(found) and found[m].kind in ("of", "prep", "adjective", "place"):
            m += 1
        if (m > n + 1 or lifted) and m < len(found) and found[m].kind == "name":
            grown = replace(cue("grow", "增长", token.start), end=token.end) if lifted else token
            return [*found[:n], *found[n + 1 : m + 1], grown, *found[m + 1 :]]
    return found


def _lifted(found: list[Token], n: int, folded: str) -> bool:
    """Taicang lifted its industrial output 7.4 percent: what somebody raises by so much grows."""
    if not _LIFTING.fullmatch(folded, found[n].start, found[n].end):
        return False
    behind = [t for t in found[n + 1 :] if t.kind not in ("adjective", "function", "prep", "place")][:2]
    return [t.kind for t in behind] == ["name", "number"] and behind[1].what.unit == "%"


def _passed(number: Token, folded: str) -> bool:
    """Climbed past the 2,500 mark: a level reached."""
    said = folded[number.start : number.end].lower()
    return number.kind == "number" and number.what.unit != "%" and said.startswith(("past ", "above ", "beyond "))


def _percent_in(found: list[Token], catalogue: Catalogue) -> list[Token]:
    """Growth of 9.5 percent in investment, a 9.5 percent rise in it: as where the investment is the subject.

    What is counted does not grow so: a rise of 5 percent in AI companies is of something that they have.
    """
    out = list(found)
    for at in range(len(out) - 2):
        if at + 2 >= len(out):
            break
        number, within, name = out[at : at + 3]
        percent = number.kind == "number" and number.what.unit == "%"
        if percent and (target := _growth_target(out, at, catalogue)):
            out = target
            continue
        if (
            percent
            and word_of(within) == "in"
            and name.kind == "adjective"
            and at + 3 < len(out)
            and out[at + 3].kind == "name"
        ):
            name = out.pop(at + 3)  # an increase of 4 percent in the output
            out[at + 2] = name
        if number.kind != "number" or number.what.unit != "%" or word_of(within) != "in" or name.kind != "name":
            continue
        if _counts(name, catalogue):
            continue
        behind = out[at + 3] if at + 3 < len(out) else None
        if at > 1 and out[at - 1].kind == "of" and out[at - 2].kind in ("grow", "fall"):
            out[at - 2 : at + 3] = [name, out[at - 2], out[at - 1], number, within]
        elif behind is not None and behind.kind in ("grow", "fall") and behind.start < name.start:
            out[at : at + 4] = [name, behind, number, within]
    return out


def _growth_target(found: list[Token], at: int, catalogue: Catalogue) -> list[Token]:
    """A growth target of 5 percent for industrial output: the name first, as where it is to grow; else nothing."""
    before = [(t.kind, word_of(t)) for t in found[max(0, at - 3) : at]]
    name = at + 2
    while name < len(found) and found[name].kind == "adjective":
        name += 1
    if [kind for kind, _ in before] != ["grow", "plan", "of"] or word_of(found[at + 1]) not in ("for", "in"):
        return []
    if name == len(found) or found[name].kind != "name" or _counts(found[name], catalogue):
        return []
    growing, plan, of = found[at - 3 : at]
    return [*found[: at - 3], plan, found[name], growing, of, found[at], *found[name + 1 :]]


def _counts(name: Token, catalogue: Catalogue) -> bool:
    return catalogue.units[indicator_of(name, catalogue).unit].kind == "count"


def _growth_to(found: list[Token], folded: str) -> list[Token]:
    """Grew (by 5 percent) to 4.7 trillion yuan: what follows *to* is what was reached, not what was added."""
    out = list(found)
    growing: int | None = None
    for n, token in enumerate(found):
        if token.kind == "mark" and token.what in "；：":
            growing = None
        elif token.kind in ("grow", "fall"):
            growing = n
            if n + 1 < len(found) and _passed(found[n + 1], folded):
                out[n], growing = cue("to", "增至", token.start), None
        elif token.kind in ("from", "to") or (word_of(token) == "to" and growing is not None and _reached(found, n)):
            growing = n if growing is None else growing
            if token.kind not in ("from", "to"):
                out[n] = cue("to", "增至", token.start)
            if token.kind in ("from", "function", "prep") and not any(t.kind == "number" for t in found[growing:n]):
                out[growing] = replace(out[growing], kind="function") if growing != n else out[growing]
    return out


def _reached(found: list[Token], n: int) -> bool:
    return next((t.kind for t in found[n + 1 :] if t.kind not in ("adjective", "function", "link")), "") == "number"
