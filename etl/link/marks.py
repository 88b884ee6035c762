"""What punctuation ends: a bracket all it named, a comma the frames of its clause, a semicolon those of its part.

In: a mark of the walk. Out: the walk's state, changed. Source: reading.md §2.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.link import asides, bases, denied, ground, intents, naming, outlook, suspense, timing
from etl.link.scene import COMPANY, PART, encloses
from etl.link.state import Claim
from etl.link.tokens import Token
from etl.recognise import cues

if TYPE_CHECKING:
    from etl.link.walk import Walk

#: 姑苏最小, 吴江追得最紧: how a place stands among others, which is no other thing of it.
_JUDGED = re.compile(
    "(?:最[大小多少快慢高低紧稳强弱猛重轻]|得(?:最|更|很|比较)[\u3400-\u9fff]|次之|居[首次]位?|紧[随追]其后|垫底|领跑|殿后"
    "|(?<![\u3400-\u9fff])(?:个头|块头|盘子|体量|规模|总量|数额|基数|步子[^，；：]?|产值)?最[大小快慢稳高低多少](?:的|者)[^，；：]{0,6})$"
)
#: …的同比增幅，请把“12.0%”换成10.2%: the slip and what is right are both of what stands before the comma.
_PUT_RIGHT = re.compile(f"(?:烦?请|应|须|现)?[把将由从]?[\\d.]+%{denied.PUT_RIGHT.pattern}")
_CLAUSE = 16  # signs in which that is looked for


def said(walk: Walk, token: Token, index: int) -> None:
    """Take a mark in; what waits for the end of its clause is told first."""
    if token.start == walk.answers:
        _answered(walk)
    if token.what in "，。；！" and not walk.brackets:
        suspense.reveal(walk, token.start)
    if token.what in "，：" and index:
        _spoken(walk, token, walk.tokens[index - 1])
    if token.what in "（(":
        walk.brackets.append(walk.state)
        walk.state = walk.state.copy()
    elif token.what in "）)":
        _close(walk, token, index)
    elif token.what in "，,\t":
        _comma(walk, token, index)
    elif token.what in "；;":
        _semicolon(walk, token)
    elif token.what in "：:":
        _colon(walk, token)


def _answered(walk: Walk) -> None:
    """单项冠军有几家？他答得很快：15家: behind the colon the question's thing is spoken of."""
    state = walk.state
    state.unknown = state.unknown_here = state.doing = ""
    state.topic, state.used, state.fresh = walk.scene.topic, False, True


def _spoken(walk: Walk, token: Token, before: Token) -> None:
    """一名负责人透露，…: who says so explains nothing away."""
    if walk.folded[before.start : token.start] in cues.SAYING:
        walk.state.unknown = walk.state.doing = ""
        denied.answered(walk, before)


def _colon(walk: Walk, token: Token) -> None:
    """工业投资也在增加：2021年140.6亿元: the growth told before a colon is of no sum behind it."""
    intents.announced(walk, token.start)
    number = next((t for t in walk.tokens if t.start >= token.end and t.kind == "number"), None)
    if walk.state.growth and not walk.state.rate and number is not None and not bases.percentage(number):
        walk.state.growth = walk.state.growth_base = ""
    if walk.state.status == "target":
        walk.state.plan_year = walk.state.date or walk.state.plan_year


def _comma(walk: Walk, token: Token, index: int) -> None:
    intents.by_paper(walk, token.start)
    state, following, growth = walk.state, walk.following(index), walk.state.growth
    goes_on = growth and state.rate and following is not None and following.kind in ("link", "number", "each")
    goes_on = goes_on or (growth and state.rate and _PUT_RIGHT.match(walk.folded, token.end) is not None)
    state.doing = "" if goes_on else state.doing
    _end_clause(walk)
    state.growth, state.rate = growth if goes_on else "", False  # 增速领跑，达到7.3%
    within = walk.folded.endswith(("里", "中"), 0, token.start)  # 每百元产值里，14.3元…
    state.per_unit = state.per_unit and (within or walk.folded.startswith("就", token.end))
    if token.what == "\t":  # a cell is planned or done as its own column says
        walk.row_status = walk.row_status or state.status
        state.status = walk.row_status


def _semicolon(walk: Walk, token: Token) -> None:
    state = walk.state
    timing.forget(walk)
    asides.left(walk, whole=True)
    _end_aside(walk)
    _end_clause(walk)
    if state.status == "target" and state.date:
        state.plan_before = state.date
    first = None if walk.current or walk.left_behind() else state.first_date
    state.status = outlook.status_behind(walk, first)
    state.date, state.date_at = first, state.first_date_at if first else None
    state.number_date = state.number_date_at = None
    state.share = state.base = state.theme_alone = ""
    state.verb = state.verb if walk.listed and state.verb == "award" else ""  # …名单里，…14家；另有2个…
    state.verb = "new" if walk.scene.section_new else state.verb  # 二、2025年新增, and a list below it
    state.part_place = False  # 其中11家在保税区；…: said of those only
    state.every = state.each = False  # 张家港、常熟各有2个；平台18家
    state.share_open = state.part = state.level_list = state.per_unit = state.granted = False
    walk.segment, walk.segment_start = state.date, token.end
    state.years, state.span, state.now = walk.years_first, None, state.now and first is None  # 目前…；已有…
    state.unknown = "" if state.used else state.unknown


def _end_aside(walk: Walk) -> None:
    """其中昆山1174家；…, …，全省为604家；…: a part, or the larger place beside, ends with its part of the sentence."""
    state, at = walk.state, walk.state.place_at
    outer = state.place in (PART, COMPANY) or encloses(state.place, walk.segment_place[0], walk.catalogue)
    if at and (outer or ground.told_aside(walk, at)) and _spoken_between(walk, walk.segment_start, at.start):
        state.place, state.place_basis, state.place_at = walk.segment_place
    walk.segment_place = (state.place, state.place_basis, state.place_at)


def _spoken_between(walk: Walk, start: int, end: int) -> bool:
    return any(t.kind == "number" and start <= t.start < end for t in walk.tokens)


def _end_clause(walk: Walk) -> None:
    state = walk.state
    new_subject = state.topic and state.place_at and state.place_at.start > state.topic.start
    if (
        state.doing and new_subject and not _judged(walk)
    ):  # 昆山则放话，全年…: a new subject is said to do something else
        state.unknown = state.unknown or state.doing
    # …之首，第二名为86家: the next one is of another
    passed = state.ranked and not state.share and not walk.folded.startswith("第", walk.at.end)
    state.unknown, state.ranked = "" if passed else state.unknown, False
    state.growth = state.growth_base = state.unknown_here = state.doing = ""
    if walk.cleared and state.topic != walk.cleared and state.named:
        state.topic, walk.cleared = None, None  # 该数字混入了科技型中小企业，目前为1.8万家: not of those
    if not state.share_open:
        state.share = ""
    state.share_said = False
    kept = state.verb_kept or (
        state.verb_once == "new" and walk.at.what == "，" and walk.folded.endswith("的", 0, walk.at.start)
    )
    state.verb_once, state.verb_kept = state.verb_once if kept else "", False  # 今年新进名录的，昆山五家
    state.since_january = False
    state.from_ = state.to = state.compared = False
    state.level_list = state.refuted = state.theme_heads = False


def _judged(walk: Walk) -> bool:
    start = max(walk.tokens[0].start, walk.at.start - _CLAUSE)
    return _JUDGED.search(walk.folded, start, walk.at.start) is not None


def _close(walk: Walk, token: Token, index: int) -> None:
    """Go back to the state before the bracket, which was a copy.

    A date behind a name, 规上工业总产值（2024年）4936亿元, （2024年认定）, is of the figures that follow; （均为预计数）
    reaches back over the list before it.
    """
    if not walk.brackets:
        return
    inner, walk.state = walk.state, walk.brackets.pop()
    if inner.date and (date := _date_of_name(walk, index)):
        walk.state.date, walk.state.date_at, walk.state.fresh = inner.date, date, True
        if walk.state.first_date is None and not walk.claims:  # （1—5月，下同）：太仓…；相城…
            walk.state.first_date, walk.state.first_date_at = inner.date, date
        walk.state.verb = "award" if walk.tokens[index - 1].kind in ("award", "new") else walk.state.verb
    elif inner.date and (date := _date_again(walk, index)):
        walk.state.date, walk.state.date_at, walk.state.fresh = inner.date, date, True
    asides.closed(walk, index, inner)
    naming.levelled_behind(walk, index)
    empty = not any(c.number.start > token.start for c in walk.claims)
    if inner.status == "estimate" and walk.state.status == "actual" and empty:
        _estimate_back(walk, token)


def _date_of_name(walk: Walk, closing: int) -> Token | None:
    """The date of a bracket directly behind a name that says no more, or only that it is of an award."""
    at = closing - 2 if walk.tokens[closing - 1].kind in ("award", "new") else closing - 1
    if walk.folded.endswith("，下同", 0, walk.tokens[closing].start):  # （1—5月，下同）
        at = closing - 3
    if at < 2:
        return None
    named, opening, date = walk.tokens[at - 2 : at + 1]
    alone = date.kind == "date" and opening.kind == "mark" and opening.what in ("（", "(")
    return date if alone and named.kind == "name" and named.end == opening.start else None


def _date_again(walk: Walk, closing: int) -> Token | None:
    """年初盘点时（2025年底）还是1008家: a bracket with a date alone, behind another, says when exactly."""
    if closing < _AGAIN or walk.tokens[closing - 1].kind != "date" or walk.tokens[closing - 2].what not in ("（", "("):
        return None
    before = next((t for t in reversed(walk.tokens[: closing - 2]) if t.kind != "function"), None)
    return walk.tokens[closing - 1] if before is not None and before.kind == "date" else None


_AGAIN = 3  # tokens before the bracket that closes: the date, the opening one, and what it is said of


#: （后者为预计数）, （2025年为初步数）: which of the figures before it a bracket calls estimates.
_LATTER = re.compile(
    "(?:其中)?(?:右[边侧面]?|箭头后面?|后面(?:那个|一个)?|后者|后一[个项者组年]|末[一]?[项个年]|最后一[个项年]|左[边侧面]?|前者|前一[个项者组年]|(?P<year>20\\d\\d)年)"
)
_ALL_OF_THEM = re.compile("均|都|皆|全|以上|上述|这[两三几些]|[两三四五六七八九]者|[两三四五六七八九][项个]")


def _estimate_back(walk: Walk, closing: Token) -> None:
    """（均为预计数） makes estimates of the facts before it, （后者为预计数） of the last; in a table of those in its own cell.

    What calls neither all nor one of them so speaks of its own part of the sentence.
    """
    start = walk.folded.rfind("（", walk.tokens[0].start, closing.start)
    whole = _ALL_OF_THEM.search(walk.folded, start, closing.start)
    cells = [t.start for t in walk.tokens if walk.tabular and t.what == "\t" and t.start < closing.start]
    first = max((*cells, 0 if whole else walk.segment_start))
    said = [claim for claim in walk.claims if claim.status == "actual" and claim.number.start >= first]
    again = [t.what for t in walk.tokens if t.kind == "number" and start < t.start < closing.start]
    same = [c for c in said if any((q.value, q.unit) == (c.number.what.value, c.number.what.unit) for q in again)]
    latter = _LATTER.match(walk.folded, start + 1, closing.start)
    for claim in said if whole else same or _those(said, latter):  # （4.61%是预计数）
        claim.status, claim.why = "estimate", claim.why + " · bracket"


def _those(claims: list[Claim], which: re.Match[str] | None) -> list[Claim]:
    """The figures that 后者, 前者 or a year means among those before it; all of them where nothing tells one."""
    if which is None:
        return claims
    if which["year"]:
        return [claim for claim in claims if claim.period.end.year == int(which["year"])]
    return claims[-2:-1] if which[0].startswith(("前", "左")) else claims[-1:]
