"""Which indicator a name means, given the level and the theme in force."""

from __future__ import annotations

from dataclasses import replace

from etl.link.scene import Scene, Topic
from etl.link.state import State
from etl.link.tokens import Token
from etl.recognise.indicators import BARE, Call

SHORT = 2  # a head of so few characters needs its theme in the sentence itself
_SORTS = ("企业", "行业", "产业", "项目")


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


def _narrowed(call: Call, state: State) -> str:
    """机器人规上工业总产值: an industry directly before a name makes another thing of it."""
    return (
        ""
        if any(option.theme == state.theme for option in call.options) or state.theme in ("ai", "transformation")
        else "theme"
    )


def _read(call: Call, start: int, state: State, scene: Scene) -> tuple[str, str]:
    if not call.options:
        return "", "no_indicator"
    if call.fixed and all(option.level != call.level for option in call.options if option.level):
        return call.fixed, ""
    if any(option.theme for option in call.options):
        return _themed(call, start, state, scene)
    return _levelled(call, state)


def _themed(call: Call, start: int, state: State, scene: Scene) -> tuple[str, str]:
    if len(call.head) <= SHORT and state.word_end != start:
        for topic in (state.topic or scene.topic, *reversed(state.last_names)):
            if topic and not topic.refused and topic.call.head.endswith(call.head):
                return topic.indicator, ""  # 产值 after 规上工业总产值 is the same thing again
    theme = state.name_theme if len(call.head) <= SHORT else state.theme or scene.block_theme or scene.theme
    found = next((option.indicator for option in call.options if option.theme == theme), "")
    if found:
        return found, ""
    return call.options[0].indicator, "theme" if theme else "no_indicator"


def _levelled(call: Call, state: State) -> tuple[str, str]:
    levels = {option.level: option.indicator for option in call.options}
    if call.level:
        return (levels[call.level], "") if call.level in levels else ("", "level")
    if state.level and (state.level_list or BARE not in levels):
        return (levels[state.level], "") if state.level in levels else ("", "level")
    return (levels[BARE], "") if BARE in levels else (next(iter(levels.values())), "level")
