"""Slips put right: which figure was printed wrong, and which one stands in its place.

In: a sentence that corrects one, on any page, or any sentence of a page of errata (勘误, 更正). Out: whether a number is the
slip; the tokens of a page of errata with the words marked that lead to what is right. Source: reading.md §5.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.link.tokens import Token, put
from etl.recognise.cues import Cue

if TYPE_CHECKING:
    from etl.link.walk import Walk

_ABOUT = "[约近超逾]?"
#: 改作, 读作, 更正为: how what is right is put in the place of a slip.
_PUT = "(?:更正|订正|改正|修正|修改|更改|更换|替换|调整|改|换|读|看|记|写|排|印)(?:[作为成]|到)"
_ASKED = "(?:烦?请|应当?|应该|须|需|宜|当|均|现|特|予以|一并|统一)*"
#: 请读作7300座, 把4.51%改作4.15%: before the figure that is right, on a page of errata.
_LEADS = re.compile(f"{_ASKED}{_PUT}(?={_ABOUT}[\\d.]+)")
#: 翻查统计局的通报，是…, 对照公报，应是…, 查年鉴，确为…: who has been asked answers with what is right.
_SOURCE = re.compile(
    "(?:查|核|核对|核实|对照|对过|比照|比对|翻开?|据|依据?|按照?|以)[^，。；：]{0,20}?"
    "(?P<source>公报|年鉴|年报|月报|快报|通报|报表|台账|底稿|档案|原件|原始数据|统计局|统计部门|主管部门|工信局|科技局)[^，。；：\\d]{0,10}[，：]?"
    "(?=(?:确|应|实|当|只|仅|乃)*(?:为|是|有|系|记作|载为|写的是)?[约近超逾]?[\\d.]+)"
)
#: 改为“…”: what is right is quoted too.
_RIGHT = re.compile(
    "(?:[更替调]?换[成为作]|改[为成作写]|应[为是作]|实为|[更订修]正[为成]|而是|[应请]读[作为成]|正确的?(?:数字|说法|数)?(?:是|为))[：]?[“「]?$"
)
#: 印成83540座, 标题印了1.31万亿元, 刊为210亿元: on a page that puts slips right, what was set.
_SLIPPED = re.compile(
    "(?<![应请改须当重])(?:写|印|登|记录|排|标|打|刊|误|错|植|载|列|录入?|填)(?:成|作|为|了|的是|着|出)+[约近]?$"
    "|(?:原[文稿来先]?|误|错)(?:写|印|登|记|录|排|报|标|刊|作|载|列|填)[约近]?$|(?:[写印登记录排报标打刊误错植](?:成|作)|误为)[约近]?$"
)
_KEPT = re.compile("公报|年鉴|通报|统计局|正确|实际|原始")  # whose setting is no slip
#: 请把4.51%改作…, 4.51%请读作…: what is to be replaced.
_REPLACED = re.compile(f"[^，。；\\d]{{0,4}}?{_ASKED}{_PUT}")
#: 8000亿元系笔误, 730座是误植: what is called a slip right behind it.
_CALLED = re.compile(
    "(?:一[说数语处句]|的说法|的数字?|这个数)?，?(?:系|是|为|属于?|乃|纯属|均|则|显)*"
    "(?:误[写印登记录排报标打刊植载填算列]|讹误|衍文|错[排印录]|[笔手口]误|(?:排版|录入|输入|印刷|打印|校对|编校|编辑|计算|换算|抄录|传抄)时?的?(?:错误|失误|差错|疏漏|疏忽|之误))"
    "(?=[，。；）、]|所致|造成|$)"
)
#: “规上工业增加值增长6.4%”并无问题: a quotation that is found right.
_FOUND_RIGHT = re.compile(
    "(?:一[说句处]|的说法|的表述)?，?(?:这[句个]话|这一[句处说]|[此该][处句说]|这个?数)?(?:经(?:查|核)\\w?)?(?:则|倒|却|都|均|也)?(?:是)?"
    "(?:并?(?:没有?|未|无)(?:任何)?(?:[写印登弄搞排]?错|问题|差错|误)|无误|属实|准确|正确|不误|不必改|不用改|不改|不变|照旧)(?![率度性])"
)


def marked(tokens: list[Token], folded: str) -> list[Token]:
    """A sentence of a page of errata, with what leads to the right figure marked: 请读作7300座, 翻查通报，是12184亿元."""
    numbers = [token.start for token in tokens if token.kind == "number"]
    start, end = tokens[0].start, tokens[-1].end
    spots = [match.span() for match in _LEADS.finditer(folded, start, end)]
    spots += [match.span("source") for match in _SOURCE.finditer(folded, start, end)]
    for first, last in sorted(spots):
        if numbers and numbers[0] < first:  # there is a figure before it, that it puts right
            tokens = put(tokens, folded, Token("correct", Cue("correct", "更正"), first, last, "page of errata"))
    return tokens


def slip(walk: Walk, token: Token) -> bool:
    """Whether a number is one that was set wrong: 印成83540座, 8000亿元系笔误, “1.5万人”多写了一个零，应为1500余人."""
    if called(walk, token):
        return True
    if walk.errata and (_set_so(walk, token) or _replaced(walk, token)):
        return True
    quote = next((s for s in walk.quoted if s.start <= token.start < s.end), None)
    if quote is None or (walk.errata and _FOUND_RIGHT.match(walk.folded, quote.end)):
        return False
    if walk.errata and not walk.correction and not _RIGHT.search(walk.folded, walk.tokens[0].start, quote.start):
        return True
    spoilt = [t.start for t in walk.tokens if t.kind == "refute"] + [walk.correction] * bool(walk.correction)
    if any(quote.start <= at < quote.end for at in spoilt):
        return False  # “并非8000P，是5200P”: what is quoted corrects, and is read clause by clause
    if walk.correction:
        return token.start < walk.correction
    return any("，" not in walk.folded[at : quote.start] for at in spoilt if at < quote.start)  # 网传“…”


def called(walk: Walk, number: Token) -> bool:
    """8000亿元系笔误: whether a figure is called a slip right behind it, and none but that."""
    return _CALLED.match(walk.folded, number.end) is not None


def _set_so(walk: Walk, token: Token) -> bool:
    """特刊标题印了1.31万亿元; and not 公报写的是201亿元, which is where it has been looked up."""
    found = _SLIPPED.search(walk.folded, walk.tokens[0].start, token.start)
    if found is None:
        return False
    clause = max(walk.folded.rfind(mark, walk.tokens[0].start, found.start()) for mark in "，；：")
    return not _KEPT.search(walk.folded, max(clause, walk.tokens[0].start), found.start())


def _replaced(walk: Walk, token: Token) -> bool:
    """请把4.51%改作4.15%, 730座应读作7300座: a figure that another is put in the place of."""
    put = _REPLACED.match(walk.folded, token.end)
    following = next((t for t in walk.tokens if t.kind == "number" and t.start > token.start), None)
    near = put and following is not None and put.end() <= following.start <= put.end() + _NEAR
    return bool(near)


_NEAR = 2  # signs between 改作 and its figure
