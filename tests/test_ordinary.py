"""Ordinary sentences are read, each whole: the counterpart of test_strangers, which holds those that tell nothing.

Gold articles teach what is rare; these are the sentences of every day, the same one for several indicators.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.casebook import read, row, rows, table


def _told(group: dict[str, Any]) -> Iterator[tuple[str, str, list[str]]]:
    """Each sentence of a group with its place and day and its rows, once for every name it takes."""
    for case in group["told"]:
        for name, unit, indicator in table("ordinary")["slots"][case["of"]] if "of" in case else [("", "", "")]:
            said = case["say"].replace("<name>", name).replace("<unit>", unit)
            yield said, case.get("at", group["at"]), [each.replace("<indicator>", indicator) for each in case["gives"]]


@pytest.mark.parametrize("group", [pytest.param(group, id=group["of"]) for group in table("ordinary")["groups"]])
def test_an_ordinary_sentence_tells_all_it_tells_and_nothing_else(group: dict[str, Any]) -> None:
    unlike = [said for said, at, gives in _told(group) if rows(read(said, at)) != {row(each) for each in gives}]
    assert unlike == []
