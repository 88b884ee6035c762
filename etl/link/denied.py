"""What is denied, corrected or only said: words after which a figure is no fact, or is one again.

In: a cue token of the walk. Out: the walk's state, changed, and claims taken back. Source: reading.md §4.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.link import bases, slips
from etl.link.tokens import Token

if TYPE_CHECKING:
    from etl.link.walk import Walk


#: 7.3%应为7.2%, 请更换为…: behind a figure, how a correction goes on.
PUT_RIGHT = re.compile("(?:烦?请|应|须|现|当)?(?:更[换正]?|改|换|替换|订正|修正|调整)[为成作]")
_TELLS = ("传", "称", "说", "讲", "写", "传言", "传闻", "发文", "发帖", "转", "晒", "刷屏", "议论", "猜测")


#: 没有完成年初定下的净增50家的任务: a goal that was missed has been one.
_MISSED = re.compile(
    "(?:能|如期|按期|按时|全部|全面)*(?:完成|达到|达成|实现|兑现|做到|够到|摸到)[^，。；]*\\d[^，。；]{0,8}(?:目标|任务|计划|指标|承诺)"
)


def refute(walk: Walk, token: Token, index: int) -> None:
    """并非, 网传: what follows in the clause is no fact; 坊间流传，… all that the sentence tells."""
    if token.what.word == "没有" and not bases.ahead(walk, index, ("number", "name")):
        return  # 园区没有对手：…
    if _MISSED.match(walk.folded, token.end):
        return
    walk.state.refuted = True
    told = walk.folded.startswith(("，", "：", ":"), token.end) and walk.folded.endswith(_TELLS, 0, token.end)
    walk.rumoured = walk.rumoured or told


def correct(walk: Walk, token: Token, index: int) -> None:
    """应为, 而是: what follows is a fact again."""
    walk.rumoured = False
    walk.state.refuted, walk.state.fresh, walk.state.unknown, walk.state.doing = False, True, "", ""
    walk.state.from_ = False  # 由初步数2610.5亿元核定为2606.5亿元


def wrong(walk: Walk, token: Token, index: int) -> None:
    """高新技术企业2.5万家的说法不实: what is said to be wrong stands before it."""
    mended = walk.correction and not any(t.kind == "number" and t.start < token.start for t in walk.tokens)
    walk.rumoured = False
    start, end = walk.tokens[0].start, walk.tokens[-1].end
    own = any(start <= quote.start < end for quote in walk.quoted)  # “小巨人破百”，那是混进了…: of what it quotes
    nothing = not own and not any(t.kind == "number" for t in walk.tokens)  # 手滑，实际是12家
    walk.denies = walk.denies or bool(mended) or nothing
    last = next((t for t in reversed(walk.tokens[:index]) if t.kind == "number"), None)
    if last is not None and slips.called(walk, last):
        return  # 应为7200亿元，8000亿元系笔误: of that one only
    here = [c for c in walk.claims if c.number.start >= walk.segment_start]
    if any(
        _in_quotes(walk, t) for t in walk.tokens if t.kind == "number" and walk.segment_start <= t.start < token.start
    ):
        here = [c for c in here if _in_quotes(walk, c.number)]  # 如今有1.48万家，所谓“五年倒掉四成工厂”站不住脚
    for claim in here:
        walk.claims.remove(claim)
        walk.refuse(claim.number, "not_fact", token.what.word, claim.indicator)


def _in_quotes(walk: Walk, number: Token) -> bool:
    return any(quote.start <= number.start < quote.end for quote in walk.quoted)


_REPLIES = re.compile("(?:答|说|道|回|应|告诉|表示|介绍|透露|报数|数字)[^，。；：]{0,8}：$")
_BARE = frozenset(("number", "date", "link", "function", "total", "place", "mark"))


def answer_at(walk: Walk) -> int:
    """单项冠军有几家？他答得很快：15家: the colon behind which a bare figure answers the question just before; or 0."""
    before = walk.folded[max(0, walk.tokens[0].start - 2) : walk.tokens[0].start].rstrip()
    colon = next((t for t in walk.tokens if t.what == "：" and t.kind == "mark"), None)
    if not before.endswith("？") or colon is None:
        return 0
    if not _REPLIES.search(walk.folded, walk.tokens[0].start, colon.end):
        return 0
    said = [t for t in walk.tokens if t.start < colon.start and t.kind in ("number", "name", "theme")]
    if any(t.kind != "number" or t.what.unit not in ("位", "名") for t in said):  # 一位科长告诉记者：…
        return 0
    for token in walk.tokens:
        if token.start < colon.end:
            continue
        if token.kind == "number":
            return colon.start
        if token.kind not in _BARE:
            break
    return 0


_ANSWERS = ("澄清", "回应", "答复", "回答", "通报", "表示", "指出", "强调", "介绍", "介绍说", "透露", "坦言")


def answered(walk: Walk, token: Token) -> None:
    """…近日流传，该负责人澄清，…: who answers for what he says ends what is only told."""
    if walk.folded[token.start : token.end] in _ANSWERS:
        walk.rumoured = False


_CLEARED = re.compile("(?:澄清|辟谣|更正|纠正)(?:说|称|道|指出)?[，：]?$")
_CONFIRMED = re.compile("[^，。；]{0,4}(?<!不)(?:属实|无误|准确|没错|正确)")


def cleared_up(walk: Walk, token: Token) -> bool:
    """倪乾澄清，该数字混入了…: the figure of the sentence before is the one put right."""
    cleared = _CLEARED.search(walk.folded, walk.tokens[0].start, token.start)
    return bool(cleared) and not _CONFIRMED.match(walk.folded, token.end)


_PUTS_RIGHT = ("应为", "应是", "实为", "更正为", "修正为", "修订为", "正确为", "实则为", "实际应是")


#: 这是本报2019年12月一则短讯里的话。 What stands before was said then, and is of that time.
_RECALLED = re.compile(
    "(?:这|以上|上面|上述|前面)(?:句话?|段话?|些话?|话)?(?:是|出自|摘自|引自|来自|见于|刊于|载于)[^，。；]{0,12}?20\\d\\d年[^。；\\d]{0,4}?(?:\\d{1,2}月)?[^。；\\d]{0,16}?"
    "(?:话|报道|消息|短讯|简讯|旧闻|旧报|标题|文章|稿件|导语|字句)"
)


def recalled(walk: Walk) -> None:
    """Take back what a sentence before told, where this one says that an old report did."""
    start, end = walk.tokens[0].start, walk.tokens[-1].end
    if not walk.claims and _RECALLED.match(walk.folded, start, end):
        walk.denies = True


def uncorrected(walk: Walk) -> None:
    """…410家，多算了22家市级的，应是388家: where what is right cannot be read, what it puts right is no fact either."""
    for index, token in enumerate(walk.tokens):
        following = walk.following(index)
        if token.kind != "correct" or token.what.word not in _PUTS_RIGHT or following is None:
            continue
        if following.kind != "number" or any(claim.number.start == following.start for claim in walk.claims):
            continue
        start = walk.folded.rfind("；", walk.tokens[0].start, token.start)
        for claim in [c for c in walk.claims if start < c.number.start < token.start]:
            walk.claims.remove(claim)
            walk.refuse(claim.number, "not_fact", token.what.word, claim.indicator)
