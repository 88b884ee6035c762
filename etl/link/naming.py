"""Names and levels in a sentence: what becomes the topic, what goes on a list of names, what a lone level means.

In: a name or level token of the walk. Out: the walk's state, changed. Source: reading.md §2 and §3.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from etl.link import asides, names, ratios, timing
from etl.link.bases import percentage
from etl.link.scene import Topic, located
from etl.link.tokens import LIST_MARKS, Token
from etl.recognise import periods
from etl.recognise.indicators import BARE
from etl.recognise.places import Where

if TYPE_CHECKING:
    from etl.link.walk import Walk


#: 因停产退库的规上工业企业: those that are so no longer, or never became it.
_LEFT = re.compile(
    "(?:退[库规园出租]|注销|吊销|关停|关闭|停产|歇业|停业|倒闭|破产|搬迁|外迁|搬离|[迁移]出|摘牌|取消|撤销|淘汰|剔除|销号|落选|失效|到期)(?:掉|了|资格|称号)*的(?:[㐀-鿿]{1,3}的)?$"
)


def _past_its_date(walk: Walk, token: Token, index: int) -> None:
    """人工智能产业2024年产值: a date alone parts no industry from the short name of what it makes."""
    date, state = walk.tokens[index - 1] if index else None, walk.state
    if date is None or date.kind != "date" or date.end != token.start or len(token.what.head) > names.SHORT:
        return
    if walk.folded.endswith("产业", 0, date.start) and date.start - len("产业") <= state.theme_end <= date.start:
        state.theme_end = token.start


def name(walk: Walk, token: Token, index: int) -> None:
    """A name becomes the topic, or goes on the list of names."""
    state = walk.state
    asides.left(walk, whole=False)
    _dates_within(walk, token, index)
    if _of_two_names(walk, token, index) or _of_the_whole(walk, token, index):
        return
    if token.what.level and (token.what.level in names.CARRIED or not state.level_list):
        state.level, state.level_list = token.what.level, True
    if theme := walk.recogniser.indicators.themes_in(token.what.head):
        state.theme = state.name_theme = theme
    if state.topic and len(token.what.head) <= names.SHORT and state.word_end != token.start:
        longer = walk.recogniser.indicators.joined(state.topic.call.head, token.what.head)
        token = replace(token, what=longer) if longer else token
    _past_its_date(walk, token, index)
    topic = names.whole(token, state, walk.scene, walk.folded)
    state.named, state.part, state.granted = True, False, False
    if not topic.refused:
        walk.named.append(topic)
    if state.levels and token.what.level:
        state.names = _at_levels(walk, token)
    state.names = [*state.names, topic] if _in_list(walk, index) or state.levels else [topic]
    state.levels = []
    if len(state.names) > 1:
        state.last_names = list(state.names)
    state.topic, state.used, state.fresh, state.unknown = topic, index in walk.taken, index not in walk.taken, ""
    state.unknown_here = ""
    if left := _LEFT.search(walk.folded, walk.tokens[0].start, token.start):
        state.unknown = state.unknown_here = left[0]
    state.growth = state.growth_base = ""
    state.names = [] if index in walk.taken else state.names
    if state.share_open:
        state.share, state.share_open = "", False


def _of_two_names(walk: Walk, token: Token, index: int) -> bool:
    """高新技术产业产值…，占规上工业总产值的53%: the ratio that a name makes with one before it becomes the topic."""
    state, ratio = walk.state, ratios.of_names(walk, token, index)
    if ratio is None:
        return False
    state.topic, state.used, state.fresh, state.unknown = ratio, False, True, ""
    state.share, state.share_open = "", False
    return True


_COUNTRY = Where("rank", "country")


def _of_the_whole(walk: Walk, token: Token, index: int) -> bool:
    """1.2万亿元，占苏州全市规上工业总产值的24%: the name of the whole, of which so much is told, says the topic again."""
    state, before = walk.state, walk.tokens[index - 1] if index else None
    if before is None or before.kind not in ("place", "share") or before.end != token.start or state.topic is None:
        return False
    ahead = next((t for t in walk.tokens[index + 1 :] if t.kind not in ("function", "link", "share")), None)
    if not ahead or not percentage(ahead):
        return False
    if len(token.what.head) <= names.SHORT and len(state.topic.call.head) > names.SHORT and state.name_theme:
        return False  # 人工智能产业产值…，占全市产值的: of all that is made there, or of its kind
    if names.named(token, state, walk.scene).indicator != state.topic.indicator or token.start < state.topic.start:
        return False
    if before.kind == "share" and walk.folded.startswith("全国", token.start):  # 占全国“小巨人”企业的5%
        state.share, state.share_open = located(_COUNTRY, walk.catalogue, walk.scene, state.place), True
        return True
    return before.kind == "place" and state.share_open and state.share in walk.catalogue.places


def _dates_within(walk: Walk, token: Token, index: int) -> None:
    """软件和信息技术服务业去年收入2746亿元: a date that stands in the gap of a name."""
    if "…" not in token.what.head:
        return
    within = list(periods.mentions(walk.folded[token.start : token.end]))
    if len(within) == 1:
        start = token.start + within[0].span.start
        timing.said(walk, Token("date", within[0].what, start, token.start + within[0].span.end), index)


def _at_levels(walk: Walk, token: Token) -> list[Topic]:
    """国家级、省级绿色工厂: the head once for each level before it."""
    calls = [
        (level, walk.recogniser.indicators.at_level(token.what.head, level.what.level)) for level in walk.state.levels
    ]
    found = [Token("name", call, level.start, level.end) for level, call in calls if call]
    return [names.named(name, walk.state, walk.scene) for name in found]


def _in_list(walk: Walk, index: int) -> bool:
    """Whether a name goes on a list: only 、, 和, a level or the like since the name before."""
    for token in reversed(walk.tokens[:index]):
        if token.kind == "name":
            return bool(walk.state.names)
        if not (token.kind in ("level", "and") or (token.kind == "mark" and token.what in LIST_MARKS)):
            return False
    return False


def level(walk: Walk, token: Token, index: int) -> None:
    """A level on its own means the last head at that level (其中省级及以上97个), or waits for the next head."""
    state = walk.state
    state.level, state.level_list, state.fresh = token.what.level, True, True
    listed = walk.following(index)
    joined = listed is not None and (listed.kind == "and" or listed.what == "、")
    if joined and (_name_before_number(walk, index) or _dealt(walk, index)):
        state.levels.append(token)
        return
    if listed is not None and state.levels and listed.kind == "each":
        state.names, state.levels = _at_levels_behind(walk, [*state.levels, token]), []
        state.last_names, state.topic = list(state.names), state.names[-1] if state.names else None
        return
    following = walk.following(index)
    if (
        state.topic
        and (
            following is None
            or following.kind not in ("name", "theme", "word", "level", "other", "and")  # 国家卓越级力争5家
        )
        and not _name_before_number(walk, index)
    ):
        call = walk.recogniser.indicators.at_level(state.topic.call.head, token.what.level)
        if call:
            state.names = [] if _right_behind(walk, index) else state.names
            name(walk, Token("name", call, token.start, token.end), index)
        else:
            state.topic, state.unknown = None, walk.folded[token.start : token.end]


def levelled_behind(walk: Walk, closing: int) -> None:
    """工业互联网试点示范（国家级）：8个: a bracket right behind a name that holds its level and nothing else."""
    if closing < _BRACKETED:
        return
    named, opening, inside = walk.tokens[closing - _BRACKETED : closing]
    if (named.kind, inside.kind) != ("name", "level") or named.end != opening.start:
        return
    if call := walk.recogniser.indicators.at_level(named.what.head, inside.what.level):
        name(walk, replace(named, what=call), closing)


_BRACKETED = 3  # tokens before the bracket that closes: the name, the opening one, and the level


def _right_behind(walk: Walk, index: int) -> bool:
    """“小巨人”国家级55家、省级396家: a level right behind its name says which of the name's is told, and lists nothing."""
    return index > 0 and walk.tokens[index - 1].kind == "name"


def _dealt(walk: Walk, index: int) -> bool:
    """绿色工厂，国家级、省级分别有6家、38家: whether nothing but levels stands before 分别, behind the name they are of."""
    behind = walk.tokens[index + 1 :]
    apart = (t for t in behind if t.kind not in ("level", "and") and not (t.kind == "mark" and t.what in LIST_MARKS))
    rest = next(apart, None)
    return walk.state.topic is not None and rest is not None and rest.kind == "each"


def _at_levels_behind(walk: Walk, levels: list[Token]) -> list[Topic]:
    """The name told before, once at each of the levels behind it; none where it has no such level."""
    topic = walk.state.topic
    head = topic.call.head if topic else ""
    calls = [(token, walk.recogniser.indicators.at_level(head, token.what.level)) for token in levels]
    found = [names.named(Token("name", c, t.start, t.end), walk.state, walk.scene) for t, c in calls if c]
    return found if len(found) == len(levels) else []


def _name_before_number(walk: Walk, index: int) -> bool:
    for token in walk.tokens[index + 1 :]:
        if token.kind in ("name", "number") or (token.kind == "mark" and token.what in "，；。"):
            return token.kind == "name"
    return False


def of_its_list(walk: Walk, token: Token, index: int) -> bool:
    """■5G工厂, and below it 2025年度名录收录…: the list of what the passage is about is named with it, if it has one."""
    topic = walk.state.topic
    if topic is None or topic.start >= walk.tokens[0].start or any(t.kind == "name" for t in walk.tokens[:index]):
        return False
    call = walk.recogniser.indicators.joined(topic.call.head, walk.folded[token.start : token.end])
    if call is None or not any(option.level == BARE for option in call.options):
        return False
    name(walk, Token("name", call, token.start, token.end), index)
    return True


def value_added(walk: Walk, token: Token, index: int) -> None:
    """规上工业总产值1.2万亿元，增加值增长6%: by those whose output was told; of any other sum it is something else."""
    topic, word = walk.state.topic, walk.folded[token.start : token.end]
    if topic is None or topic.refused or word in topic.call.head:
        return
    head, indicators = topic.call.head, walk.recogniser.indicators
    makers = indicators.maker(head, 0, len(head))
    call = indicators.joined(head[slice(*makers)], word) if makers else None
    if call is None:
        walk.word(Token("word", word, token.start, token.end), index)
    else:
        name(walk, Token("name", call, token.start, token.end), index)


_SORTS = re.compile("[两二三四](?:大?类|种|项|大)")
_BETWEEN = re.compile("[、和与及]")
_TAILS = range(12, 3, -1)  # characters of a noun that several names share


def of_sorts(walk: Walk, index: int) -> bool:
    """人工智能、数据两类创新应用实验室: read the names that a list of sorts makes with the noun behind them."""
    token = walk.tokens[index]
    sorts = _SORTS.match(walk.folded, token.start)
    first = max(
        (
            t.end
            for t in walk.tokens[:index]
            if t.kind in ("date", "place", "total") or (t.kind == "mark" and t.what in "，；：。")
        ),
        default=walk.tokens[0].start,
    )
    told = _BETWEEN.split(walk.folded[first : token.start]) if sorts else []
    if sorts is None or len(told) < 2:
        return False
    for length in _TAILS:
        end = sorts.end() + length
        calls = [walk.recogniser.indicators.joined(sort, walk.folded[sorts.end() : end]) for sort in told]
        if all(calls):
            found = [names.named(Token("name", call, first, end), walk.state, walk.scene) for call in calls]
            walk.state.names = walk.state.last_names = found
            walk.state.topic, walk.state.used, walk.state.fresh, walk.state.unknown = found[-1], False, True, ""
            walk.taken.update(at for at, t in enumerate(walk.tokens) if sorts.end() <= t.start < end)
            return True
    return False


def of_another_word(walk: Walk, index: int) -> bool:
    """Tourism revenue: whether a word of a name stands behind another word, parted by a space, and is of something else."""
    before = walk.tokens[index - 1] if index else None
    apart = before is not None and walk.folded[before.end : walk.tokens[index].start] == " "
    return apart and before is not None and before.kind == "word"


def said_again(walk: Walk, token: Token, index: int, least: int = names.TAIL) -> bool:
    """Read the words from here on as the tail of a name said before (数据集 after 行业应用高质量数据集)."""
    if of_another_word(walk, index):
        return False
    last = index
    while last + 1 < len(walk.tokens) and walk.tokens[last + 1].kind in ("word", "function"):
        last += 1
    for at in range(last, index - 1, -1):
        end = walk.tokens[at].end
        if call := names.by_tail(walk.folded[token.start : end], (*walk.scene.named, *walk.named), least):
            name(walk, Token("name", call, token.start, end), index)
            walk.taken.update(range(index, at + 1))
            if walk.state.verb_once == "new":  # 新增应用场景60个、数据集10个
                walk.state.verb, walk.state.verb_once = "new", ""
            return True
    return False


_SORT = ("企业", "公司", "平台", "机构", "单位")


def of_its_sort(walk: Walk, token: Token, index: int) -> bool:
    """到2026年底，企业220家: a general noun that opens its clause, right before a count, where the paragraph tells of one sort.

    Where it tells of several, the count is of neither.
    """
    before, following = walk.tokens[index - 1] if index else None, walk.following(index)
    opens = before is None or (before.kind == "mark" and before.what in "，；：、")
    told = following is not None and following.kind == "number" and following.start == token.end
    word = walk.folded[token.start : token.end]
    if not (opens and told and word in _SORT):
        return False
    if said_again(walk, token, index, least=len(word)):
        return True
    sorts = {t.indicator for t in (*walk.scene.named, *walk.named) if t.call.head.endswith(word)}
    walk.state.unknown = walk.state.unknown or (word if sorts else "")
    return bool(sorts)
