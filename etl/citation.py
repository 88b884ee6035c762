"""How to cite an article: GB/T 7714-2025 and BibTeX, as pure functions.

What is not known of a work is left out, never filled in: no author becomes no author, not 佚名; the day it was looked
up is not known, so it is not given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_NEWSPAPER = re.compile(
    r"(?<![公通年汇简学])报(?=$|[（(／/·])|\b(?:Daily|Times)(?=$| ?[（(])"
)  # 公报 and 学报 are no newspapers
_JOURNAL = re.compile(r"(?:学报|杂志|月刊|季刊|Journal|Review)(?:$|[（(])")
_AUTHORS = re.compile(r"\s*[、,，;；]\s*")
_SPECIAL = str.maketrans(
    {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    | {char: "\\" + char for char in "&%$#_{}"}
)


@dataclass(frozen=True, slots=True)
class Work:
    """What is known of the thing cited; `precision` (day, month, year) says how much of `published` is."""

    key: str  # for BibTeX: the article's name or the observation's id
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: date | None = None
    precision: str | None = None
    url: str | None = None

    @property
    def marker(self) -> str:
        """Type of the work and its carrier: [N] newspaper, [J] journal, [EB/OL] web page, [Z] anything else."""
        kind = "N" if _NEWSPAPER.search(self.publisher or "") else "J" if _JOURNAL.search(self.publisher or "") else ""
        if self.url:
            return f"{kind or 'EB'}/OL"
        return kind or "Z"

    @property
    def day(self) -> str:
        """The date in ISO form, as precisely as it is known; empty if it is not."""
        return (
            self.published.isoformat()[: {"year": 4, "month": 7}.get(self.precision or "", 10)]
            if self.published
            else ""
        )

    @property
    def authors(self) -> list[str]:
        """The names, one by one."""
        return [name for name in _AUTHORS.split(self.author or "") if name]


@dataclass(frozen=True, slots=True)
class DataSet:
    """One version of the data set: its build, and the day of the newest source in it, if any has a date."""

    version: str
    build: str
    until: date | None


def data_set_gbt(data: DataSet) -> str:
    """Cite a version of the data set by GB/T 7714-2025; it has no author and no address of its own.

    >>> data_set_gbt(DataSet("1.2.0", "3-0a1b", date(2026, 3, 17)))
    '苏州 AI＋制造 指标[DS]. 数据版本 1.2.0, 构建 3-0a1b, 收录至 2026-03-17.'
    """
    said = [f"数据版本 {data.version}", f"构建 {data.build}", f"收录至 {data.until}" if data.until else ""]
    return f"苏州 AI＋制造 指标[DS]. {', '.join(filter(None, said))}."


def data_set_bibtex(data: DataSet) -> str:
    """Cite a version of the data set as BibTeX.

    >>> print(data_set_bibtex(DataSet("1.2.0", "3-0a1b", date(2026, 3, 17))))
    @misc{suzhou-ai-manufacturing-1-2-0,
      title = {{Suzhou AI + Manufacturing}},
      note = {Data set, version 1.2.0, build 3-0a1b, sources published until 2026-03-17}
    }
    """
    until = f", sources published until {data.until}" if data.until else ""
    key = f"suzhou-ai-manufacturing-{data.version.replace('.', '-')}"
    note = f"Data set, version {data.version}, build {data.build}{until}"
    return f"@misc{{{key},\n  title = {{{{Suzhou AI + Manufacturing}}}},\n  note = {{{note}}}\n}}"


def gbt(work: Work) -> str:
    """Cite by GB/T 7714-2025.

    >>> gbt(Work("004", "苏州工业园区：“人工智能+”发挥乘数效应", "科技日报", "张晔、唐晓雯", date(2024, 9, 1), "month"))
    '张晔, 唐晓雯. 苏州工业园区：“人工智能+”发挥乘数效应[N]. 科技日报, 2024-09.'
    """
    names = work.authors if len(work.authors) <= 3 else [*work.authors[:3], "等"]
    title = f"{work.title or work.key}[{work.marker}]"
    if work.marker == "EB/OL":
        year = f"{work.day[:4]}({work.day})" if len(work.day) > 4 else work.day
        source = ", ".join(part for part in (work.publisher, year) if part)
    else:
        source = ", ".join(part for part in (work.publisher, work.day) if part)
    return " ".join(f"{part}." for part in (", ".join(names), title, source, work.url) if part)


def bibtex(work: Work) -> str:
    r"""Cite as BibTeX; the key is the work's own.

    >>> print(bibtex(Work("d1", "5G & AI", "苏州日报", None, date(2024, 9, 10), "day")))
    @article{d1,
      title = {{5G \& AI}},
      journal = {苏州日报},
      year = {2024},
      month = sep,
      date = {2024-09-10}
    }
    """
    periodical = work.marker[0] in "NJ"
    fields = [
        ("author", " and ".join(f"{{{_escaped(name)}}}" for name in work.authors)),
        ("title", f"{{{_escaped(work.title or work.key)}}}"),
        ("journal" if periodical else "howpublished", _escaped(work.publisher or "")),
        ("year", work.day[:4]),
        ("date", work.day),
        ("url", (work.url or "").replace("{", "%7B").replace("}", "%7D")),
    ]
    lines = [f"  {name} = {{{value}}}" for name, value in fields if value]
    if len(work.day) > 4 and work.published:
        lines.insert(
            next(n for n, line in enumerate(lines) if line.startswith("  year")) + 1, f"  month = {_month(work)}"
        )
    key = re.sub(r"[^A-Za-z0-9_:-]", "-", work.key)
    return f"@{'article' if periodical else 'misc'}{{{key},\n" + ",\n".join(lines) + "\n}"


def _month(work: Work) -> str:
    assert work.published is not None
    return ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"][
        work.published.month - 1
    ]


def _escaped(text: str) -> str:
    return text.translate(_SPECIAL)
