"""A small history: the seeds arriving one by one in the order of their dates, and what the curated figures bring.

What stands at the end is the same as if all had come at once; on the way, each build says what it changed and why.
"""

import csv
import io
import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from etl import deliver, pipeline
from etl.builds import Builds, connect
from etl.catalogue import Catalogue
from etl.pipeline import Request
from etl.sources import read as read_sources
from tests.conftest import ROOT

SEEDS = ROOT / "seeds"


@dataclass
class History:
    """A folder of articles that fills up, and the data folder beside it."""

    root: Path
    exports: list[bytes] = field(default_factory=list)
    changes: list[Counter[tuple[str, str]]] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)

    @property
    def data(self) -> Path:
        return self.root / "data"

    def arrive(self, *names: str) -> None:
        """Put files into the folder and refresh."""
        (self.root / "seeds").mkdir(parents=True, exist_ok=True)
        for name in names:
            shutil.copy(SEEDS / name, self.root / "seeds" / name)
        pipeline.refresh(Request(self.root / "seeds", ROOT / "metrics.yaml", self.data))
        self.exports.append(self.delivered())
        rows = self.rows("SELECT change, reason FROM change WHERE build = (SELECT max(number) FROM build)")
        self.changes.append(Counter(rows))
        self.versions.append(self.rows("SELECT data_version FROM build ORDER BY number DESC LIMIT 1")[0][0])

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        builds = Builds(self.data)
        with connect(builds.path(builds.current() or "")) as con:
            return con.execute(query).fetchall()

    def delivered(self) -> bytes:
        builds = Builds(self.data)
        with connect(builds.path(builds.current() or "")) as con:
            return deliver.table(con)


def by_date() -> list[str]:
    """The seeds' articles in the order of their publication."""
    known = read_sources(SEEDS / "sources.yaml", Catalogue.load(ROOT / "metrics.yaml").places)
    return [source.file for source in sorted(known.values(), key=lambda source: str(source.published))]


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    """The curated figures first, then the articles one by one."""
    history = History(tmp_path_factory.mktemp("history"))
    history.arrive("sources.yaml", "observations.csv", by_date()[0])
    for name in by_date()[1:]:
        history.arrive(name)
    return history


def test_one_by_one_or_at_once_the_figures_are_the_same(history: History, tmp_path: Path) -> None:
    at_once = History(tmp_path / "at-once")
    at_once.arrive("sources.yaml", "observations.csv", *by_date())
    assert at_once.exports[-1] == history.exports[-1]
    backwards = History(tmp_path / "backwards")
    backwards.arrive("sources.yaml", by_date()[-1])
    backwards.arrive("observations.csv", *by_date()[:-1])
    assert backwards.exports[-1] == history.exports[-1]
    content = "SELECT kind, id, against FROM finding ORDER BY ALL"
    assert at_once.rows(content) == history.rows(content)


def test_each_arrival_only_adds(history: History) -> None:
    assert [set(counts) for counts in history.changes] == [{("added", "article"), ("added", "curated")}] + [
        {("added", "article")}
    ] * 4
    figures = [len(list(csv.reader(io.StringIO(e.decode("utf-8-sig"))))) for e in history.exports]
    assert figures == sorted(figures)
    assert history.versions == ["1.0.0", "1.1.0", "1.2.0", "1.3.0", "1.4.0"]


def test_as_known_on_a_day_is_what_stood_when_that_was_the_newest_source(history: History) -> None:
    """Of the articles: the curated figures were all there from the start."""
    published = history.rows(
        "SELECT DISTINCT article, published FROM standing WHERE article IS NOT NULL ORDER BY published"
    )
    builds = Builds(history.data)
    for number, (_, day) in enumerate(published):
        path = builds.path(builds.ids()[number])
        with connect(path) as then, connect(builds.path(builds.ids()[-1])) as now:
            now.execute("SET VARIABLE as_of = $1", [day])
            query = "SELECT id, value, bound FROM standing WHERE origin = 'article' ORDER BY id"
            assert now.execute(query).fetchall() == then.execute(query).fetchall()


def test_a_revision_between_builds_is_logged_with_both_values(history: History, tmp_path: Path) -> None:
    copy = History(tmp_path / "copy")
    shutil.copytree(history.root, copy.root)
    name = by_date()[-1]
    path = copy.root / "seeds" / name
    path.write_text(path.read_text(encoding="utf-8").replace("5家燈塔工廠", "6家燈塔工廠"), encoding="utf-8")
    copy.arrive()
    assert copy.rows("""
        SELECT c.change, c.reason, o.indicator, o.place, c.old_value::INT, c.new_value::INT FROM change c
        JOIN observation o ON o.id = c.observation WHERE build = (SELECT max(number) FROM build)
    """) == [("revised", "article", "lighthouse_factories", "sip", 5, 6)]
    assert copy.versions == ["1.4.1"]


# ------------------------------------------------------------------------------------------- what the curated figures bring


def conflicts(history: History, indicator: str, place: str, period: str) -> list[tuple[float, float]]:
    return history.rows(f"""
        SELECT value::DOUBLE, other_value::DOUBLE FROM conflict
        WHERE indicator = '{indicator}' AND place = '{place}' AND period = '{period}' AND measure = 'value'
    """)


@pytest.mark.parametrize(
    ("indicator", "place", "period", "pair"),
    [
        ("industrial_output", "suzhou", "2021", (4_100_000_000_000, 4_200_000_000_000)),
        ("rd_intensity", "china", "2024", (2.69, 2.68)),  # the final figure is shown, the first one kept
    ],
)
def test_real_conflicts_appear(
    history: History, indicator: str, place: str, period: str, pair: tuple[float, float]
) -> None:
    assert conflicts(history, indicator, place, period) == [pair]
    found = history.rows(f"""
        SELECT f.kind, s.value::DOUBLE, a.value::DOUBLE FROM finding f JOIN standing s USING (id), standing a
        WHERE list_contains(f.against, a.id) AND s.indicator = '{indicator}' AND s.place = '{place}' AND s.period = '{period}'
            AND f.kind = 'conflict' AND s.measure = 'value'
    """)
    assert found == [("conflict", *pair)]


def test_the_first_and_the_final_figure_are_one_history(history: History) -> None:
    assert history.rows("""
        SELECT r.value::DOUBLE, r.step, r.is_shown FROM revision r
        WHERE indicator = 'rd_intensity' AND place = 'china' AND period = '2024' ORDER BY ordinal
    """) == [(2.68, "first", False), (2.69, "revised", True)]


@pytest.mark.parametrize(
    ("indicator", "place", "period", "figures"),
    [
        ("industrial_output", "sip", "2022", {"": 645_980_000_000, "with_cooperation_zone": 685_020_000_000}),
        ("listed_companies", "suzhou", "2023-12-31", {"": 263, "a_share": 217}),
        ("computing_power", "suzhou", "2022-12-31", {"": 5869, "intelligent": 69}),
    ],
)
def test_differing_scopes_stand_side_by_side_and_are_no_conflict(
    history: History, indicator: str, place: str, period: str, figures: dict[str, int]
) -> None:
    where = f"indicator = '{indicator}' AND place = '{place}' AND period = '{period}' AND measure = 'value'"
    assert dict(history.rows(f"SELECT scope, value::BIGINT FROM fact WHERE {where}")) == figures
    assert conflicts(history, indicator, place, period) == []


def test_growth_is_checked_within_one_scope(history: History) -> None:
    """SIP 2023 against 2022: the growth stated for the plain definition is held against its own levels alone."""
    for before, after in history.rows("SELECT before_id, after_id FROM year_on_year"):
        pair = history.rows(
            f"SELECT DISTINCT indicator, place, scope, measure FROM standing WHERE id IN ('{before}', '{after}')"
        )
        assert len(pair) == 1
