"""Who speaks a line: the place of an official or a reader who is named before what he says, or behind it.

In: a line, its mentions, and the article as it was received, which still has its quotation marks. Out: whose 全市 and 我们
stand in the line. Source: reading.md §1.
"""

from __future__ import annotations

import re
from typing import Any

from etl.catalogue import Catalogue
from etl.link.scene import ELSEWHERE
from etl.model import Mention
from etl.recognise.places import Where
from etl.text import Line, Text

#: What opens a line and is no part of what is said: 昆山市工信局有关负责人：, 答：.
LABEL = re.compile(
    "(?:(?:问|答|Q|A)|[^，。：\t]{0,16}(?:记者|媒体|负责人|主持人|嘉宾|网友“[^”]{1,12}”|发言人|主任|局长|区长|市长|书记|小编|小刊|网友)|[^，。：]{0,16}(?:回复|答复|留言|(?:同学|朋友|老乡|邻居|同行)们?(?:说|讲|评论|喊话)?))(?:（[^）]{1,20}）)?[：:]"
)
OPENING, CLOSING = ("“", "「", "『", "‘", '"'), ("”", "」", "』", "’", '"')
#: “…”太仓市工信局局长王某说。: behind a quotation, an office's man says it; a firm's speaks of the firm.
_SAYS = re.compile(
    "(?:(?!企业|公司|集团|董事|经理|创始|厂|院长|教授|研究员)[^，。；：！？]){0,20}?"
    "(?:说道?|表示|介绍说?|坦言|透露|指出|解释说?|补充道?|告诉(?:本报|本台|本网|我们)?(?:记者)?|称|算了一?笔账)[，。：！]"
)


def speaker(line: Line, mentions: list[Mention[Any]], text: Text, catalogue: Catalogue) -> str:
    """The place of who speaks a line: its id, `ELSEWHERE`, or "" where nobody is named."""
    label = LABEL.match(text.folded, line.start)
    for mention in mentions:
        if label and mention.span.end <= label.end():
            known = mention.what.place if isinstance(mention.what, Where) else ""
            if known in catalogue.places:
                return known
            if getattr(mention.what, "kind", "") == "elsewhere":
                return ELSEWHERE  # 隔壁江阴的同学留言：我们…
        elif isinstance(mention.what, Where) and _says(mention, line, text):
            if mention.what.place in catalogue.places:
                return mention.what.place
            return ELSEWHERE if mention.what.place in catalogue.elsewhere else ""  # 市工信局: the article's own
    return ""


def _says(mention: Mention[Any], line: Line, text: Text) -> bool:
    """Whether a line opens with a quotation, and the office of a place right behind one says it."""
    if mention.what.kind != "organisation" or not _quotes(text, line.start, OPENING):
        return False
    return _quotes(text, mention.span.start, CLOSING) and bool(_SAYS.match(text.folded, mention.span.end, line.end))


def _quotes(text: Text, at: int, marks: tuple[str, ...]) -> bool:
    """Whether a quotation mark stood right before a folded position."""
    return text.starts[at] > 0 and text.raw[text.starts[at] - 1] in marks
