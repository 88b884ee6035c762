"""What no number may be read as: durations, gaps and growth in other units, classes, what is asked, quoted or granted.

In: the sentence under reading and the index of a number. Out: the reason of its refusal, or None. Source: reading.md §3.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from etl.link import slips
from etl.link.claims import Verdict
from etl.link.counted import added, signed_count
from etl.link.tokens import Token, points
from etl.model import Quantity

if TYPE_CHECKING:
    from etl.link.walk import Walk

#: 多打了一个1, 漏了个0: a digit as a sign that was set, and the one of which it is one.
_SIGN = re.compile("(?:打|写|印|加|添|录|输|敲|排|漏|少|丢|掉|落)(?:成|作|上)?了?[一1两]?[个位][\\d零](?!\\d)")
_PLACES = re.compile("(?:板块|区县|县市区?|县级市|区市|地方)")  # 增速最快的三个板块是…
_NEAR, _FEW = 5, 9  # characters before a digit set by mistake; the greatest of those
_TIMES = frozenset("年 个月 天 日 月 小时 分钟 秒 岁 时 周 季度 个季度 期 届 步 方面 次 轮".split())


#: 多打了一个1, 少写了一个0: a sign on the page, and no figure.
_AS_SIGN = re.compile("(?:一个|(?<=一个))[\\d零](?=[，。；、”」！？）]|$)")


#: 又一家AI产业园揭牌: one of many, at a time that nobody says.
_ONE_MORE = re.compile("[又再另][一1][家个座处项]")


def never(walk: Walk, index: int) -> Verdict | None:
    """Why a number is no figure of anything, whatever stands around it; None where it may be one."""
    state, token = walk.state, walk.tokens[index]
    quantity: Quantity = token.what
    if (
        quantity.unit in _TIMES
        or _PLACES.match(walk.folded, token.end)
        or alone(walk.tokens, index)
        or _AS_SIGN.match(walk.folded, token.start)
        or (_ONE_MORE.search(walk.folded, max(0, token.start - 1), token.end) and not (state.number_date or state.date))
    ):
        return "measure_word", quantity.unit
    signed = signed_count(walk, index)
    if (
        quantity.unit.endswith(("百分点", "个点", "倍"))
        or _gap(walk, token)
        or signed == "growth"
        or _of_the_growth(walk, token)
    ):
        return "growth", quantity.unit
    if signed or (quantity.unit != "%" and added(walk, index)):
        state.growth, state.verb_once, state.fresh = "", "new", True  # 同期增加145家
    if (state.growth or state.compared) and quantity.unit != "%":
        return "growth", quantity.unit
    pending = _PENDING.search(walk.folded, max(walk.tokens[0].start, token.start - 24), token.start)
    if (
        pending
        or _sampled(walk, token)
        or _CLASS.match(walk.folded, token.end)
        or points(walk.folded, token)
        or _as_sign(walk, token)
    ):
        return "no_indicator", ""
    if (
        walk.hearsay
        or walk.rumoured
        or state.refuted
        or slips.slip(walk, token)
        or state.asked
        or _unreached(walk, token)
        or _ASSUMED.match(walk.folded, token.end)
        or _question(walk, index)
    ):
        return "not_fact", ""
    if state.granted and quantity.unit == "元":
        return "money_granted", ""
    if state.per_unit:
        return "per_unit", ""
    if _SOME_MONTHS.search(walk.folded, max(0, token.start - 16), token.start):
        return "years", ""
    return None


#: 按5%的增幅测算: what something is worked out with.
_ASSUMED = re.compile(
    "的?(?:年均|平均)?(?:增速|增幅|速度|增长率|涨幅|升幅)来?(?:测算|推算|计算|估算|匡算|外推|推演|算(?![是作入]))"
)


#: 半年净增81户, 三个月新增6家: months that nobody dates, whatever was dated before.
_SOME_MONTHS = re.compile(
    "(?:(?<![上下])半年|(?<![前第头首])[一两二三四五六七八九十\\d]个(?:月|季度))(?:多)?(?:来|间|以来|里|内|时间|之内)?"
    "(?:，)?(?:就|又|共|累计|已|合计)?(?:净增|新增|增加|增添|新添|多出|多|增|添)了?(?:加|添)?\\Z"
)


#: 走访了12家省级智能工厂, 对1200家规上工业企业开展问卷: those that somebody has been to, asked or rewarded.
_SAMPLED = re.compile(
    "(?:走访|走进|走遍|跑遍|探访|探营|采访|专访|回访|访谈|调研|考察|参观|参访|观摩|暗访|督导|抽查|抽取|抽样|抽检|抽中|抽样调查|问卷调查|调查|约谈|慰问|邀请|请来|请到|邀来|邀约|召集|选取|挑选|选出|随机选|跟踪监测|监测|样本(?:为|是|包括|覆盖|涵盖|涉及))"
    "(?:了|过|到)?(?:全[市区县省]|我[市区县]|本[市区县]|苏州全?市?|辖区内?|区内|市内|当地|其中)?的?(?:共|近|约|逾|超过?|大约|上述|这|各地|来自各地的)*(?:[近约]?\\d[\\d.]*[家户个座间名位款项][^，。；\\d]{2,16}?(?:、|和|以及|及))*\\Z"
    "|(?:(?<![面朝转趋走迈奔应相反校核绝])(?:对|向)|面向|针对)(?:全[市区县省]|我[市区县]|本[市区县]|苏州全?市?|辖区内?|区内|市内|其中)?的?(?:共|近|约|逾|超过?|大约|上述|这)*\\Z"
)

#: 协会现有会员1046家，其中上市公司52家: of those who have joined something, whoever they are.
_MEMBERS = re.compile(
    "(?:会员|成员|理事|用户|客户|学员|校友|展商|受访|受调查|被调查|参会|与会|签约|服务)(?:单位|企业|商|者|家|机构)?(?:共有?|有|达到?|约|近|超过?|逾|已|数|为)*"
    "\\d[\\d.]*万?[多余]?[家户个名][，（；]其中[^。；]*\\Z"
)
#: 受访的1500余家人工智能企业: those of a sample, right before how many.
_ASKED_OF = re.compile("(?:受访|受调查|被调查|被访|抽样|抽查|参评|参展|参会|参赛|报名|申报)的(?:这)?[近约]?\\Z")
_OF_ONES = ("家", "户", "个", "座", "间", "名", "位", "人", "款", "项")


def _sampled(walk: Walk, token: Token) -> bool:
    """Whether so many are only those that somebody has been to, asked or dealt with, or of members; sums of money never are."""
    since = max(walk.tokens[0].start, token.start - 48)
    return token.what.unit in _OF_ONES and bool(
        _ASKED_OF.search(walk.folded, since, token.start)
        or _SAMPLED.search(walk.folded, max(since, token.start - 24), token.start)
        or _MEMBERS.search(walk.folded, since, token.start)
    )


#: 公示名单里还有我们4家: on top of those that have it, and not yet among them.
_PENDING = re.compile(
    "(?:公示|候选|推荐|申报|待批|待认定|拟认定|拟入选)(?:的)?(?:名单|期|中|阶段)?(?:里|中|上|内|的)?，?(?:还|另外?|又)有?[^，。；\\d]{0,6}\\Z"
)
#: 突破5万亿元大关的城市: a class of things, told apart by size.
_CLASS = re.compile(
    "(?:大关|门槛|关口)?的(?:(?:共|已|就|也|还)?有?[近约超]?\\d[\\d.]*(?![\\d.%倍])|(?:城市|省份|地区|县市|区县|园区|企业|公司|工厂|产业|集群|行业))"
)


#: “6000亿”三个字, 6000亿元近在咫尺, 5万亿元的门槛前: a number as a word, or one not reached yet.
_IN_SIGHT = re.compile(
    "”?(?:元|家|个)?(?:这)?(?:[一两二三四五六]个(?:大?字|数字)"
    "|(?:的)?(?:大关|门槛|关口|目标|台阶|城门)?(?:已经|已|也|就|变得|显得|似乎|仿佛|只有|仅有|还有|只剩|只差|仅差|还差|不过|仅)*"
    "(?:触手可及|近在咫尺|近?在眼前|遥遥在望|指日可待|一步之遥|伸手可及|呼之欲出|在望|在即|在前方)"
    "|(?:的)?(?:大关|门槛|关口|台阶|大门|城门)(?:的)?(?:前沿|面前|之前|跟前|门前|门口|门外|边缘|边上|前)(?![后所]))"
)
#: 离规上工业总产值5万亿元只有一步之遥: what a place is away from, with its name between.
_AWAY = re.compile("(?:(?<!远)(?<!偏)(?<!背)(?<!脱)(?<!分)(?<!撤)离|距离?)(?:着)?[^，。；：\\d]{1,20}\\Z")
_STILL = re.compile(
    "[^，。；：\\d]{0,6}?(?:已经?|也|就|还|仅|只|尚|不过)*(?:有|差|剩|是|隔)?(?:一步|半步|咫尺|不远|之遥|一口气|一点|一段|一截|距离|差距)"
)
#: 离今年3.95%的目标还差一口气: a goal that is told of as one.
_A_GOAL = re.compile("(?:以上|左右)?”?的?(?:年度|全年|预期|既定)?(?:目标|任务|计划)")
#: 向5万亿元迈进: what is made for, where nothing says that it is planned for a time.
_MADE_FOR = re.compile("(?:向着?|朝着?|往|奔着?|冲着)[^，。；：\\d]{0,12}\\Z")
_MAKES = re.compile(
    "[^，。；：\\d]{0,10}?(?:迈进|迈步|迈开|迈出|进军|攀登|跃升|跃进|挺进|进发|冲刺|冲击|冲锋|靠近|逼近|奋进|前进|奔跑|发起)"
)
#: 对增长的贡献率62.5%: a part of the growth, and no rate of it.
_PART_OF_GROWTH = re.compile("(?:增长|增量|增收|拉动|增速)(?:的)?贡献(?:率|度|份额|比例)?[^，。；：\\d]{0,6}\\Z")


def _unreached(walk: Walk, token: Token) -> bool:
    """Whether a number is a mark that is made for, or in sight, and not reached."""
    if walk.state.status != "actual" or _A_GOAL.match(walk.folded, token.end):
        return _IN_SIGHT.match(walk.folded, token.end) is not None
    start, end = max(walk.tokens[0].start, token.start - 24), token.end
    if _IN_SIGHT.match(walk.folded, end) or (
        _AWAY.search(walk.folded, start, token.start) and _STILL.match(walk.folded, end)
    ):
        return True
    if not (_MADE_FOR.search(walk.folded, start, token.start) and _MAKES.match(walk.folded, end)):
        return False
    dated, published = walk.state.date or walk.scene.plan, walk.scene.published
    if walk.scene.ahead or (dated and published and dated.period.end > published):
        walk.state.status = "target"
    return walk.state.status == "actual"


def _of_the_growth(walk: Walk, token: Token) -> bool:
    """Whether a percentage is what something has contributed to a growth."""
    return token.what.unit == "%" and bool(_PART_OF_GROWTH.search(walk.folded, max(0, token.start - 16), token.start))


def _as_sign(walk: Walk, token: Token) -> bool:
    """多打了一个1: whether a number is a digit set by mistake, or the one of which it is one."""
    near = _SIGN.search(walk.folded, max(0, token.start - _NEAR), token.end + 1)
    return token.what.value <= _FEW and near is not None


def _gap(walk: Walk, token: Token) -> bool:
    """千亿元的增幅, 千亿元的落差: what something has grown or differs by; 一成八的增幅 is its growth."""
    if token.what.unit != "%" and _MORE_THAN.search(walk.folded, max(0, token.start - 24), token.start):
        return True
    if any(told.search(walk.folded, max(0, token.start - 8), token.start) for told in (_FROM, _MISCOUNTED)):
        return True
    if _SHORT_OF.search(walk.folded, max(0, token.start - 24), token.start):
        return True
    if token.what.unit == "%" and (pace := _PACE.match(walk.folded, token.end)):
        walk.state.growth = walk.state.growth or ("fall" if pace["fall"] else "grow")
        return False
    return bool(_GAP.match(walk.folded, token.end))


#: 比去年那一批多12个: what another count is passed by; 较年初多出12个 is new.
_MORE_THAN = re.compile("[比较](?!年初|[去上]年[底末])[^，。；：\\d]{2,16}(?:多|少)[出了]?[近约超]?\\Z")
#: 离6000亿元只差一步, 距“千家”还有距离: what has not been reached.
_FROM = re.compile("(?<![\u3400-\u9fff])(?:只|仅|也|还|如今|已)?(?:离|距离?)着?[约近]?\\Z")
#: 多算了29家, 少报3个: by how much a count was wrong.
_MISCOUNTED = re.compile("(?:多|少|虚|高|低|误)(?:算|报|计|估|写|说|列|标|数|统计|计入|算进)(?:了|出)?[近约]?\\Z")
#: 离约定还短180亿元, 还欠着6家, 与张家港只隔423亿元, 距年度任务尚缺40个: what is missing is no figure of what there is, nor of the goal.
_SHORT_OF = re.compile(
    "(?:(?:离|距离?|比|较|跟|与|和)[^，。；：\\d]{1,20}|还|仍|尚|只|仅|相|就|依然|依旧|中间|之间)(?<!月)(?<!时)(?:短|差|欠|缺|隔|距)(?:了|着|下)?[大约近超逾不到足]*\\Z"
)
_PACE = re.compile(
    "的(?:同比)?(?:(?P<fall>[降跌减缩]幅|下降|下滑|跌势|降势)|增幅|增速|涨幅|升幅|增长率?|涨势|升势)(?!度)"
)
#: 千亿元的落差, 以3家之差居次, 6家的优势: by how much one is ahead of another.
_GAP = re.compile(
    "的?(?:微弱|细微|些微|微小|明显|较大|巨大)?(?:落差|差距|缺口|差额|增量|增幅|(?:优势|劣势)(?!企业|产业|项目|领域|行业|学科|赛道))|之[差遥隔距]"
)


def alone(tokens: Sequence[Token], index: int) -> bool:
    """园区一家就贡献了642亿元: 一家 behind a place, and before what it does, says that the place does it alone."""
    if not 0 < index < len(tokens) - 1 or tokens[index].kind != "number" or tokens[index - 1].kind != "place":
        return False
    (before, token, following), of = tokens[index - 1 : index + 2], tokens[index].what
    one = before.end == token.start and of.value == 1 and of.unit in ("家", "个", "处")
    return one and following.kind not in ("name", "and") and (following.kind != "mark" or following.what == "，")


#: 灯塔工厂9家——有读者问，明年能不能凑满15家？ Who asks is told behind the figure, and asks something else.
_ASKED_NEXT = re.compile("(?:——?|；)[^，。；：？]{0,12}(?:问|追问|好奇|关心|纳闷)(?:道|起|说)?[，：]")


def _question(walk: Walk, index: int) -> bool:
    if walk.tokens[-1].what not in ("？", "?"):
        return False
    if _ASKED_NEXT.match(walk.folded, walk.tokens[index].end):
        return False
    start = max((t.start for t in walk.tokens[index:] if t.kind == "mark" and t.what in "，；"), default=0)
    return not (start and _RHETORICAL.search(walk.folded, start, walk.tokens[-1].end))


#: 算力规模1.5万P，利用率呢？ and …是十三座，何必注水？ ask something else than the figure before.
_RHETORICAL = re.compile("何必|何妨|岂|难道|又何|怎么[比追能]|拿什么比|如何[比追]|[^，？]{2,8}呢？")
