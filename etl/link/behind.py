"""What is said of a number behind it: whose it is, of when, that it is planned or new.

In: a number whose name stands before it. Out: the walk's state, with what was read taken. Source: reading.md §3 C.
"""

from __future__ import annotations

import re
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from etl.link import footnotes, timing
from etl.link.scene import Dated, located
from etl.link.tokens import Token
from etl.recognise import periods

if TYPE_CHECKING:
    from etl.link.walk import Walk


def look(walk: Walk, index: int) -> None:
    """13家是江苏全省的数量, 3000家系2026年底的目标数: what the number is may be said after it."""
    state = walk.state
    placed(walk, index)
    following = [t.kind for t in walk.tokens[index + 1 : index + 3]]
    if following == ["plan", "date"] and walk.tokens[index + 1].what.word in ("定在", "订在"):
        state.status = "target"  # 把4000亿元订在2027年
        dated(walk, index + 2)
    joined(walk, index)
    called(walk, index)
    into_plan(walk, index)


#: 6000亿元放在今年的目标里, 60家写进了2027年规划: what a figure is no more than an aim of.
_INTO = re.compile(
    "(?:的)?(?:大关|台阶|关口|新台阶)?(?:，(?=已?经?被))?(?:则|才|都|是|均|也|已经?)*(?:被[^，。；：\\d]{0,10}?)?"
    "(?:(?:放|写|列|定|摆|印|载|标|挂|落|纳|编)(?:在|进|入|到|于)了?(?:的?是)?|(?:设|列|定|确定|设定|作|锁定|锚定|视)(?:为|作|成)了?|[是为系](?=20|[今明]年|全年|到))"
)
_AIM = re.compile(
    "(?:全市|全区|我[市区县]|苏州市?|经济|社会|和|的|年度|工作|预期|发展|五年|三年|行动|主要|总体|重要|核心|约束性|增长|奋斗|硬)*"
    "(?:目标|任务|计划|规划|蓝图|方案|指标)(?:书|表|栏|值|数|体系)?(?:之一)?(?:[里中上内]|之中|当中)?(?=[，。；！）])"
)


def into_plan(walk: Walk, index: int) -> None:
    """Take a figure that is said behind it to stand in a year's plan as that plan's."""
    state, into = walk.state, _INTO.match(walk.folded, walk.tokens[index].end)
    at = next((n for n in range(index + 1, min(index + 9, len(walk.tokens))) if walk.tokens[n].kind == "date"), 0)
    if into is None or not at or walk.tokens[at].start != into.end():
        return
    if _AIM.match(walk.folded, walk.tokens[at].end):
        state.status, state.called_goal, state.fresh = "target", True, True
        dated(walk, at)


#: What a part has done to be one: 才入列, 刚刚上线的; 今年到期 and 去年关停 are no such thing.
_CAME = re.compile(
    "(?:[也还都均才刚方新已便就又]|刚刚|方才|新近|正式|首次|成功)*"
    "(?:入列|入选|入围|上榜|获评|评上|获批|认定|授牌|摘牌|晋级|上线|投用|投产|投运|启用|建成|落成|开通|揭牌|挂牌|竣工|获得|拿下|拿到|添上|新增|新添|新建|升规|入规|上规|进规|纳规|入统|纳统|进来|加入|新升规|新入规|新入统|新来)"
    "(?:投用|投产|投运|运行|运营|使用)?[的了]?(?:新面孔|新成员|新人|新兵|新伙伴|新企业|企业|工厂|车间)?(?=[，。；！、）]|$)"
)


def placed(walk: Walk, index: int) -> None:
    """其中7个来自科技园, 有5家的是园区: the place that is told behind a number, or the name it counts, is where they are."""
    state, where = walk.state, whereabouts(walk, index)
    if where is None:
        return
    several = walk.folded[where.end : where.end + 1] in (
        "、",
        "和",
        "与",
        "及",
    )  # 有5家的是园区、昆山: how many each, is open
    state.place = "" if several else located(where.what, walk.catalogue, walk.scene, state.place) or state.place
    state.place_basis, state.place_at = "stated", where
    state.fresh = state.part_framed = True


def joined(walk: Walk, index: int) -> None:
    """灯塔工厂2座，其中1座去年才入列: when a part of a count has come to be, told behind it, is when it was new."""
    at, state = index + 1, walk.state
    if not state.part or at >= len(walk.tokens):
        return
    at += walk.tokens[at].kind == "link" and walk.tokens[at].what.word in ("是", "为", "系")
    when = walk.tokens[at] if at < len(walk.tokens) else None
    came = _CAME.match(walk.folded, when.end) if when is not None and when.kind == "date" else None
    if came is None:
        return
    dated(walk, at)
    state.verb_once, state.fresh = "new", True
    walk.taken.update(n for n in range(index + 1, len(walk.tokens)) if walk.tokens[n].end <= came.end())


def called(walk: Walk, index: int) -> None:
    """Take in what a number, or the name that it counts, is called behind it: …是苏州全市2027年的目标."""
    state = walk.state
    state.called_goal = False
    for at in _predicate(walk, index):
        token, state.fresh = walk.tokens[at], True
        if token.kind == "place":
            state.place = located(token.what, walk.catalogue, walk.scene, state.place) or state.place
            state.place_basis, state.place_at = "stated", token
        elif token.kind == "date":
            dated(walk, at)
        elif token.kind == "plan":
            state.status, state.called_goal = "target", True
        elif token.kind in ("new", "award"):
            state.verb_once = token.kind
            walk.taken.add(at)  # 13家是今年添的，单项冠军6家


def dated(walk: Walk, at: int) -> None:
    """A date behind a number is that number's own, and frames nothing."""
    state, token = walk.state, walk.tokens[at]
    frame = state.date, state.date_at
    timing.said(walk, token, at)
    if state.date is not frame[0]:
        state.number_date, state.number_date_at = state.date, token
        state.date, state.date_at = frame
    walk.taken.add(at)


_STANDS = re.compile(
    "[就都均全也]?(?:来自于?|位于|坐落[于在]|落户[于在]?|落在|花落|出自|属于?|分布[于在]|设在|在"
    "|(?:企业|项目|工厂)?的(?:板块|地方|区县|城市|市区|县市)?(?:只|则|就|才|也|还|当|仍|正|却|其实|实际上?)*(?:有|[是为属数乃]|要数|非)(?=[\u3400-\u9fff]))"
)


def whereabouts(walk: Walk, index: int) -> Token | None:
    """The place behind a number that says where what it counts stands: 其中7个来自科技园, 12座位于苏州."""
    stands = _STANDS.match(walk.folded, walk.tokens[index].end)
    if stands is None:
        return None
    place = next((t for t in walk.tokens[index + 1 :] if t.start >= stands.end()), None)
    if place is None or place.kind != "place" or place.start != stands.end():
        return None
    after = next((t for t in walk.tokens[index + 1 :] if t.start >= place.end), None)
    return place if after is None or after.kind in ("mark", "and") else None


#: 4.2%，这是2024年的数: what was told just before is spoken of again.
_AGAIN = re.compile(
    "[，（—]+(?:不过|其实|而)?(?:(?:这|此|该)(?:一|个|组|项)?(?:数字?|数据|比重|比例)?)?(?=[还只仅也都仍已则]?[是为系])"
)
#: 您说的10座，是…目标: a figure of which somebody spoke.
_SPOKEN_OF = re.compile("(?:说|讲|传|提|写|问|报|晒|算|听|看)(?:到|过|起|出)?的(?:这|那)?$")
#: Words that tell no other thing: 市里给2027年定的目标, 6月底的旧数.
_IDLE = frozenset(
    "给 为 市里 区里 县里 省里 早年 早先 当时 当初 当年 旧 老 旧数 老数 旧数据 老数据 数字 数据 口径 年报 快报 那时 那会儿 官方 政府 当地 设定 定 定下 替 早前 最初 起初 原先 原来 此前 先前 之前 定的 定下的 立下 立下的 设 设的 设下 设下的 设定的 提 提的 提出 提出的 下达 下达的 拟定 拟定的 规划 规划的 确定 确定的".split()
)

_CALLED = ("数", "数字", "数据", "口径")


def _predicate(walk: Walk, index: int) -> range:
    """Indices of what stands between 是 behind a number and the next mark, where it says nothing but whose and of when."""
    number, at = walk.tokens[index], index + 1
    quoted = any(q.start <= number.start < q.end for q in walk.quoted)  # “…约1.2万家”，系2021年末数
    said = quoted or _SPOKEN_OF.search(walk.folded, walk.tokens[0].start, number.start)
    if again := _AGAIN.match(walk.folded, number.end):
        at = next((n for n in range(at, len(walk.tokens)) if walk.tokens[n].start >= again.end()), len(walk.tokens))
    elif said and at < len(walk.tokens) and walk.tokens[at].what == "，":
        at += 1
    link = walk.tokens[at] if at < len(walk.tokens) else None
    if link is None or link.kind != "link" or link.what.word[-1] not in "是系为":
        return range(0)
    ahead = list(takewhile(lambda token: token.kind != "mark", walk.tokens[at + 1 :]))
    closing = ("function", "plan", "total", "new", "award")
    telling = all(
        t.kind in ("place", "date", *closing)
        or not _IDLE.isdisjoint((walk.folded[t.start : t.end], walk.folded[before.start : t.end]))
        for before, t in pairwise((link, *ahead))
    )
    if not ahead or not telling or "最" in walk.folded[link.end : ahead[-1].end]:
        return range(0)  # 1.8万家，是全省数量最多的
    called = walk.folded.endswith(_CALLED, 0, ahead[-1].end) or ahead[-1].kind == "plan"
    told = called or (again is None and ahead[-1].kind in closing)
    return range(at + 1, at + 1 + len(ahead)) if told else range(0)


def set_behind(walk: Walk, index: int) -> None:
    """310家（2022年）, 5家（数据截至9月末）, 46.8%是2024年的: a date told behind a number alone is that number's own."""
    at = told_behind(walk, index)
    base = walk.state.date or walk.scene.review
    if at and (period := periods.resolve(walk.tokens[at].what, walk.scene.published, base.period if base else None)):
        walk.state.number_date, walk.state.number_date_at = Dated(period, "stated"), walk.tokens[at]
        walk.state.fresh = True
        walk.taken.add(at)


def told_behind(walk: Walk, index: int) -> int:
    """Where the date stands that is told right behind a number, of it alone, or 0."""
    number, bracket = walk.tokens[index], walk.following(index)
    at = next((n for n in range(index + 2, min(index + 7, len(walk.tokens))) if walk.tokens[n].kind == "date"), 0)
    if bracket is None or not at:
        return 0
    date_at = walk.tokens[at]
    if bracket.kind == "mark" and bracket.what in "（(":
        alone = at == index + 2 and _OWN_DATE.match(walk.folded, date_at.end)
        return at if alone or footnotes.of_one(walk.folded, bracket.start, date_at.span) else 0
    belongs = number.what.unit in ("%", "元") and _BELONGS.fullmatch(walk.folded, number.end, date_at.start)
    return at if belongs and _OF_IT.match(walk.folded, date_at.end) else 0


#: 46.8%才属于2024年, 5163亿元是2025年的: a percentage or sum, and when it was; so many firms 是2025年的 may be new.
_BELONGS = re.compile("(?:才|则|其实|实际上?|应当?|却|反而|本)*(?:是|属于?|系|归于?|对应(?:的?是)?|指的是|说的是)")
_OF_IT = re.compile("(?:的(?:数据?|数字|水平|结果|情况|口径)?)?(?:[，。；！、）]|\\n|$)")
_OWN_DATE = re.compile("(?:的?(?:快报|年报|初步|最终|核定|决算)?(?:数据|数字|数|口径)(?:，[^（）()]{0,24})?)?[）)]")
