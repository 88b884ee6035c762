"""Ordinary sentences put together from lists: figures of what the catalogue lacks are no indicator's, plans are no facts.

Every article is full of other figures: loans, exports, unions, training courses. A name told before, with a place or a
date between, must not draw them to itself; and whatever verb lays a figure out, it is not what there is. The sentences
are all that the lists make, each read once; a failure names the first of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product

import pytest

from etl.model import Observation
from tests.casebook import read

COUNTS = (
    "国家级专精特新“小巨人”企业218家",
    "高新技术企业达218家",
    "共有上市公司218家",
    "灯塔工厂累计218座",
    "省级智能车间218个",
    "智改数转项目218个",
)
SUMS = ("规上工业总产值2180亿元", "完成工业投资2180亿元", "人工智能产业产值达2180亿元")
GROWTHS = ("规上工业总产值增长5%", "工业投资同比增长5%", "规上工业增加值增长5%")
JOINED = ("，", "；", "。", "，同时，", "。此外，")
FRAMES = ("", "昆山", "去年，", "今年以来，全市", "目前，园区")
#: Firms, people and things that are counted in such articles, and sums and rates beside those of the catalogue.
COUNTED = (
    "众创空间37家 孵化器37家 商会37家 合作社37家 外资总部37家 总部企业37家 后备企业37家 隐形冠军37家 瞪羚企业37家 "
    "民营医院37家 银行网点37家 样板间37个 标杆37个 母基金37个 博士后工作站37个 领军团队37个 签约项目37个 充电桩37个 "
    "培训班37场 路演37场 发明专利37件 国际标准37项 技术合同37项 驿站37个 联盟37个 示范小区37个 停车场37个 机器人37台"
).split()
BEHIND = "37家外资总部 37家商会 37户合作社 37个众创空间 37件发明专利 37名博士 37场路演 37个样板间".split()
SUMMED = (
    "外贸37亿元 社零37亿元 出口37亿元 税收37亿元 财政收入37亿元 利润37亿元 贷款余额37亿元 授信37亿元 固投37亿元 "
    "服务业增加值37亿元 建筑业产值37亿元 技术合同成交额37亿元 旅游收入37亿元 实际使用外资37亿元 奖补资金37亿元"
).split()
GROWN = (
    "外贸增长37% 社零增长37% 出口同比增长37% 税收下降37% 财政收入增长37% 利润增长37% 贷款增长37% 固投下降37% "
    "服务业增加值增长37% 建筑业产值增长37% 用电量增长37% 旅游收入增长37% 客运量下降37% 房地产投资下降37% 技改投资增长37%"
).split()
#: Words that lay out what is to be, and what is laid out.
LAYING = (
    "力争 争取 计划 预计 有望 将 要 确保 必须 目标是 目标直指 目标锁定 打算 设定 锚定 冲刺 剑指 力促 提出 规划 谋划 "
    "力争使全市 计划推动全市"
).split()
AIMS = (
    "新增省级智能工厂370家",
    "高新技术企业达到3.7万家",
    "灯塔工厂增至37座",
    "规上工业总产值突破37000亿元",
    "工业投资完成3700亿元",
)
COMING = (
    "2026年，", "今年，", "到2027年，", "下一步，", "未来三年，", "“十五五”期间，", "到2026年底，", "年底前，", "明年，",
    "新的一年，", "今年全年，", "接下来三年，", "展望2026年，", "截至去年底，全市上市公司218家。2026年，",
)  # fmt: skip


def _read(said: str) -> tuple[Observation, ...]:
    return tuple(read(said, "suzhou 2026-02-23").observations)


def _strange(told: tuple[str, ...], strangers: list[str]) -> Iterator[str]:
    for known, joined, frame, stranger in product(told, JOINED, FRAMES, strangers):
        yield f"2025年，全市{known}{joined}{frame}{stranger}。"


@pytest.mark.parametrize(
    ("told", "strangers"),
    [(COUNTS, COUNTED), (COUNTS, BEHIND), (SUMS, SUMMED), (GROWTHS, GROWN)],
    ids=["counted", "behind", "summed", "grown"],
)
def test_figures_of_what_the_catalogue_lacks_are_no_indicators(told: tuple[str, ...], strangers: list[str]) -> None:
    drawn = [said for said in _strange(told, strangers) if any(_of_37(seen) for seen in _read(said))]
    assert drawn == []


def _of_37(seen: Observation) -> bool:
    return abs(seen.value) in (37, Decimal("37e8"))


def test_the_names_beside_them_are_read() -> None:
    sentences = [
        said
        for told, strangers in ((COUNTS, COUNTED), (SUMS, SUMMED), (GROWTHS, GROWN))
        for said in _strange(told, strangers[:3])
    ]
    assert all(_read(said) for said in sentences)


@pytest.mark.parametrize("laying", LAYING)
def test_what_is_laid_out_is_no_fact(laying: str) -> None:
    said = [f"{frame}全市{laying}{aim}。" for frame, aim in product(COMING, AIMS)]
    facts = [each for each in said if any(seen.status == "actual" and "37" in str(seen.value) for seen in _read(each))]
    assert facts == []
