"""Which indicator a name means, given the level and the theme in force."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.link.scene import Scene, Topic
from etl.link.state import State
from etl.link.tokens import Token
from etl.recognise.indicators import BARE, Call

SHORT = 2  # a head of so few characters needs its theme in the sentence itself
CARRIED = ("national", "provincial", "provincial_up", "municipal")  # 重点小巨人 says nothing of the next name
TAIL = 3  # signs that a name may be said again by
#: 第七批: a batch of those who hold an honour, by its ordinal.
BATCH = re.compile("第([一二三四五六七八九十]+|\\d+)批")
_SORTS = ("企业", "行业", "产业", "项目")

#: Signs that end a Chinese word for a thing: people, bodies, places, goods, money, measures, papers.
_THINGS = frozenset(
    "员企家者人士师生民众手友客商户主委才司厂店社院校所站馆厅室部门处科局署县市区镇村乡街道路城港省国地机器车船箱床炉泵管线缆板片膜"
    "品件材料剂药油气煤钢铁房楼厦屋库场园点系统链群网端法案策书证照票单据表册标则款费税金币债股券息润支账值价额量率比数度资产务造本业差口距幅"
    "团组队班项事题型类种块层位席岗职权奖牌术技号物像具芯源流塔桥利文学程议金堂餐贸口税电"
)


_NOUNS = (
    "产出",
    "投入",
    "支出",
    "收入",
    "输出",
    "零售",
    "税收",
    "创收",
    "利税",
    "出口",
    "用电",
    "人口",
)  # end verbs too


def thing(word: str) -> bool:
    """Whether unknown words may be what a number counts: a noun among them, or no Chinese; verbs and adverbs are not."""
    if word == "集":
        return True  # 数据集5个
    return word[-1:].isascii() or word.endswith(_NOUNS) or not _THINGS.isdisjoint(word[1:] or word)


def named(token: Token, state: State, scene: Scene) -> Topic:
    """Read a name; a topic with `refused` where its level or theme is open or another's."""
    indicator, refused = _read(token.what, token.start, state, scene)
    if not refused and state.theme_end == token.start and not token.what.head.startswith(("产业", "相关")):
        refused = _narrowed(token.what, state)
    return Topic(token.what, indicator, token.start, token.end, refused)


def whole(token: Token, state: State, scene: Scene, folded: str) -> Topic:
    """Read a name in running text: refused too where a word before it makes it a part of the thing."""
    part = state.part and state.word_end == token.start  # 其中科创板上市企业26家
    if folded.endswith(_SORTS, 0, token.start):
        state.word_end = token.start  # 民营企业产值: not the whole of it
    topic = named(token, state, scene)
    return replace(topic, refused="part") if part and not topic.refused else topic


def by_tail(word: str, said: Sequence[Topic], least: int) -> Call | None:
    """The name that a word says again by its end: 数据集 after 行业应用高质量数据集. None where two would fit."""
    if len(word) < least:
        return None
    found = {topic.indicator: topic.call for topic in said if topic.call.head.endswith(word)}
    return next(iter(found.values())) if len(found) == 1 else None


def _narrowed(call: Call, state: State) -> str:
    """机器人规上工业总产值, 人工智能上市公司: an industry directly before a name makes another thing of it."""
    if any(option.theme == state.theme for option in call.options) or state.theme == "transformation":
        return ""
    return "" if state.theme == "ai" and not call.head.endswith(_FIRMS) else "theme"  # AI算力规模 is all there is


_FIRMS = ("企业", "公司", "高企", "小巨人", "独角兽", "单项冠军")


def _read(call: Call, start: int, state: State, scene: Scene) -> tuple[str, str]:
    if not call.options:
        return "", "no_indicator"
    if call.fixed and all(option.level != call.level for option in call.options if option.level):
        return call.fixed, ""
    if any(option.theme for option in call.options):
        return _themed(call, start, state, scene)
    return _levelled(call, state)


#: 集聚企业 are of the kind that the sentence has named, whatever the article is about.
_GATHERED = ("集聚", "汇聚", "聚集")


def _themed(call: Call, start: int, state: State, scene: Scene) -> tuple[str, str]:
    if alone := next((option.indicator for option in call.options if option.theme == state.theme_alone != ""), ""):
        return alone, ""
    if len(call.head) <= SHORT and state.theme_alone:
        return call.options[0].indicator, "theme"
    if len(call.head) <= SHORT and state.word_end != start:
        spoken = state.unknown or (state.topic and state.topic is not scene.topic)
        earlier = () if spoken else (scene.topic, *reversed(scene.named))  # 德资企业产值: of nothing said before
        for topic in (state.topic, *reversed(state.last_names), *earlier):
            if topic and not topic.refused and topic.call.head.endswith(call.head):
                return topic.indicator, ""  # 产值 after 规上工业总产值 is the same thing again
        if scene.called_short and call.head == scene.titled and not spoken and state.theme_end != start:
            return scene.called_short.indicator, ""  # 高新区产值2024年为…: as the title says it
    gathered = call.head.startswith(_GATHERED)
    elsewhere = gathered and state.place_at and state.topic and state.place_at.start > state.topic.start
    apart = state.doing or state.unknown or elsewhere  # 人工智能企业某某的产值 is not the industry's
    own = len(call.head) <= SHORT or gathered
    told = state.theme if state.theme_heads else "" if apart else state.name_theme
    told = state.theme if state.theme_end == start else told  # 该区AI产值
    theme = told if own else state.theme or scene.block_theme or scene.theme
    found = next((option.indicator for option in call.options if option.theme == theme), "")
    if found:
        return found, ""
    if len(call.head) > SHORT and scene.ratio and scene.ratio.call.head.endswith(call.head):
        return scene.ratio.indicator, ""  # 覆盖率，…: the ratio told of in an earlier paragraph
    return call.options[0].indicator, "theme" if theme else "no_indicator"


def _levelled(call: Call, state: State) -> tuple[str, str]:
    levels = {option.level: option.indicator for option in call.options}
    if call.level:
        return (levels[call.level], "") if call.level in levels else ("", "level")
    if state.level and (state.level in CARRIED or state.level in levels) and (state.level_list or BARE not in levels):
        return (levels[state.level], "") if state.level in levels else ("", "level")
    return (levels[BARE], "") if BARE in levels else (next(iter(levels.values())), "level")


_INDUSTRY = ("产业", "行业")


def another_industry(token: Token, topic: Topic | None, folded: str) -> bool:
    """…规上工业总产值3358亿元。同期，人工智能产业做了609亿元: an industry as subject, and no name, is not what was summed."""
    word = folded[token.start : token.end]
    subject = word.endswith(_INDUSTRY) or folded.startswith((*_INDUSTRY, "企业"), token.end)
    options = [option for option in topic.call.options if option.indicator == topic.indicator] if topic else []
    return subject and topic is not None and all(option.theme != token.what.theme for option in options)


_KINDS = ("企业", "工厂", "车间", "平台", "中心", "机构", "项目")  # what a name's own noun may be


def of_another(tokens: Sequence[Token], folded: str) -> bool:
    """人工智能企业的机构有87家: another noun behind the name and 的 is what is counted. The three tokens."""
    if len(tokens) < 3 or tokens[0].kind != "name" or not isinstance(tokens[0].what, Call):
        return False
    head, (of, word) = tokens[0].what.head, (folded[token.start : token.end] for token in tokens[1:])
    return (
        of == "的"
        and word in ("机构", "单位", "公司", "产品", *_KINDS)
        and head.endswith(_KINDS)
        and not head.endswith(word)
    )
