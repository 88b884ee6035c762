"""What a file says of itself where readers look for it: the line under the headline, and a page's declarations.

In: the lines of a text, or a page of HTML. Out: what is found of title, publisher, author, day and address, by the names
of `About`, days in ISO form. A date in running text says nothing: the day is taken from a line that is labelled as the
article's origin or date, else from what a page declares to machines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2})(?!\d)")
_ORIGIN = re.compile(r"(?:信息|文章|稿件)?[来來]源|稿源")
_DATED = re.compile(r"[发發][布佈表](?:时间|時間|日期|于)?|(?:时间|時間|日期)[:：]")
_PUBLISHER = re.compile(rf"(?:{_ORIGIN.pattern}) ?[:：] ?([^\s|｜:：]{{2,30}})")
_AUTHOR = re.compile(r"(?:作者|(?<!本报)记者|記者|文) ?[:：] ?([^\s|｜:：]{2,30}(?: [^\s|｜:：]{2,4}(?= |$))*)")
_RUNNING = re.compile("[，。；！？]")
_LONGEST = 100  # characters of a byline
_LEAD = 12  # lines at the top of a text
_DECLARED = {"extensive_search": False, "original_date": True}
_PARTS = 12  # elements that a byline is made of at most


def among(lines: Iterable[str]) -> dict[str, str]:
    """What the first byline among the first lines of a text says.

    >>> among(["园区再上新台阶", "2025年3月1日 08:12　来源：苏州日报　作者：张晔"])
    {'publisher': '苏州日报', 'author': '张晔', 'published': '2025-03-01'}
    """
    return next(filter(None, map(_byline, islice(filter(str.strip, lines), _LEAD))), {})


def of_page(page: str) -> dict[str, Any]:
    """What a page says of itself: in its byline, then in what it declares."""
    import trafilatura
    from trafilatura.metadata import extract_metadata

    if (tree := trafilatura.load_html(page)) is None:
        return {}
    byline = next(filter(None, map(_byline, _small(tree))), {})
    declared = extract_metadata(tree, date_config=_DECLARED)
    said: dict[str, str | None] = {
        "title": declared.title,
        "publisher": declared.sitename if declared.sitename != declared.hostname else None,
        "author": declared.author,
        "url": _address(declared.url),
        "published": _declared_day(tree),
    }
    return {**{name: value for name, value in said.items() if value}, **byline}


def _byline(line: str) -> dict[str, str]:
    """What a line says if it is a byline: labelled, with a day, and no sentence."""
    line = " ".join(line.split())
    if len(line) > _LONGEST or _RUNNING.search(line):
        return {}
    found = _DAY.search(line)
    if not (found and (_ORIGIN.search(line) or _DATED.search(line))):
        return {}
    try:
        day = date(*map(int, found.groups()))
    except ValueError:
        return {}
    publisher, author = _PUBLISHER.search(line), _AUTHOR.search(line)
    said = {"publisher": publisher and publisher[1], "author": author and author[1], "published": day.isoformat()}
    return {name: value for name, value in said.items() if value}


def _small(tree: Any) -> Iterator[str]:
    """The text of each element small enough for a byline, parents first."""
    for element in tree.iter("div", "p", "span", "section", "td", "li", "h6"):
        if sum(1 for _ in islice(element.iter(), _PARTS + 1)) <= _PARTS:
            yield " ".join(element.itertext())


def _declared_day(tree: Any) -> str | None:
    """The day a page declares in its head, to search engines or by a time element: never one in running text."""
    import trafilatura
    from trafilatura.metadata import extract_metadata

    skeleton: Any = trafilatura.load_html("<html><head></head><body><p></p><p></p></body></html>")
    for element in tree.xpath("//head/meta | //head/link | //script[@type='application/ld+json'] | //time[@pubdate]"):
        element.tail = None
        skeleton[element.tag == "time"].append(element)
    return extract_metadata(skeleton, date_config=_DECLARED).date


def _address(url: str | None) -> str | None:
    return url if url and re.fullmatch(r"https?://[^\s/]+\S{0,2000}", url) else None
