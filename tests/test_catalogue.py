"""metrics.yaml: what the loader makes of a good file, and what it says about a bad one."""

from __future__ import annotations

import csv
import hashlib
import time
from collections import defaultdict
from dataclasses import FrozenInstanceError
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from etl.catalogue import Break, Catalogue, Indicator, Name, Place, Unit
from etl.errors import InputError

ROOT = Path(__file__).parent.parent

GOOD = """\
units:
  CNY: {kind: money, name_zh: 元, name_en: CNY, words: {元: 1}}
  parks:
    kind: count
    name_zh: 个
    name_en: parks
    words: {个: 1, 家: 1}
categories:
  ai: {name_zh: 人工智能, name_en: AI}
levels:
  national: [国家级, 国家]
  provincial: [省级]
themes:
  ai: [人工智能]
lookalikes: [产业园路]
places:
  suzhou: {name_zh: 苏州市, name_en: Suzhou, within: china, rank: city, strong: [苏州, 苏州市]}
  sip: {name_zh: 苏州工业园区, name_en: SIP, within: suzhou, rank: park, strong: [苏州工业园区], weak: [园区]}
  china: {name_zh: 全国, name_en: China, rank: country, strong: [中国]}
elsewhere:
  source: a table
  licence: MIT
  names:
    江苏: 无锡 无锡市
    浙江:
      杭州
      杭州市
indicators:
  ai_parks:
    category: ai
    unit: parks
    kind: stock
    cadence: irregular
    name_zh: 人工智能产业园
    name_en: AI industrial parks
    short_zh: 产业园
    short_en: AI parks
    definition_zh: 产业园数。
    definition_en: Parks.
    source: as the articles use it
    called:
      - 人工智能…产业园
      - {head: 产业园, level: [national, provincial], theme: ai}
    english: [AI industrial parks]
    scopes:
      planned: {zh: 规划, en: planned}
    breaks:
      - {day: 2024-01-31, note_zh: 改, note_en: changed, source: a notice}
  ai_output:
    category: ai
    unit: CNY
    kind: flow
    headline: true
    cadence: yearly
    name_zh: 产值
    name_en: Output
    short_zh: 产值
    short_en: Output
    definition_zh: 产值。
    definition_en: Output.
    source: as the articles use it
    called: [人工智能产值]
"""


def load(folder: Path, text: str | bytes) -> Catalogue:
    path = folder / "metrics.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Catalogue.load(path)


def faults(folder: Path, text: str | bytes) -> list[str]:
    """The problems of a catalogue as printed, without the folder before the file's name."""
    with pytest.raises(InputError) as caught:
        load(folder, text)
    return [str(problem).removeprefix(f"{folder}/") for problem in caught.value.problems]


def broken(old: str, new: str) -> str:
    """The good catalogue with one thing changed."""
    assert GOOD.count(old) == 1, f"{old!r} stands {GOOD.count(old)} times in the good catalogue"
    return GOOD.replace(old, new)


# ------------------------------------------------------------------------------------------------------------ good file
def test_every_part_of_a_good_file_becomes_its_value(tmp_path: Path) -> None:
    catalogue = load(tmp_path, GOOD)
    assert catalogue.units["parks"] == Unit("parks", "count", "个", "parks", {"个": Decimal(1), "家": Decimal(1)})
    assert catalogue.categories["ai"].name_en == "AI"
    assert catalogue.levels == {"national": ("国家级", "国家"), "provincial": ("省级",)}
    assert catalogue.themes == {"ai": ("人工智能",)}
    assert catalogue.lookalikes == ("产业园路",)
    assert catalogue.places["sip"] == Place(
        "sip", "苏州工业园区", "SIP", "suzhou", "park", strong=("苏州工业园区",), weak=("园区",)
    )
    assert catalogue.elsewhere == {"无锡", "无锡市", "杭州", "杭州市"}
    assert catalogue.indicators["ai_parks"] == Indicator(
        id="ai_parks",
        category="ai",
        unit="parks",
        kind="stock",
        cumulative=False,
        headline=False,
        cadence="irregular",
        name_zh="人工智能产业园",
        name_en="AI industrial parks",
        short_zh="产业园",
        short_en="AI parks",
        definition_zh="产业园数。",
        definition_en="Parks.",
        source="as the articles use it",
        called=(Name("人工智能…产业园"), Name("产业园", ("national", "provincial"), "ai")),
        english=("AI industrial parks",),
        scopes={"planned": ("规划", "planned")},
        breaks=(Break(date(2024, 1, 31), "改", "changed", "a notice"),),
    )
    assert catalogue.sha256 == hashlib.sha256(GOOD.encode()).hexdigest()


def test_headline_indicators_come_first(tmp_path: Path) -> None:
    assert list(load(tmp_path, GOOD).indicators) == ["ai_output", "ai_parks"]


@pytest.mark.parametrize("written", ["no", "yes", "on", "12:30", "2024-01-01", "1e3", "0x10", "~x", "1_000"])
def test_words_are_what_they_are_written_as(tmp_path: Path, written: str) -> None:
    text = broken("short_en: AI parks", f"short_en: {written}")
    assert load(tmp_path, text).indicators["ai_parks"].short_en == written


def test_optional_parts_may_be_left_out(tmp_path: Path) -> None:
    head, tail = GOOD.split("levels:")
    catalogue = load(tmp_path, head + "places:" + tail.split("places:")[1].replace("      - {head", "      # - {head"))
    assert (catalogue.levels, catalogue.themes, catalogue.lookalikes) == ({}, {}, ())


def test_values_are_frozen(tmp_path: Path) -> None:
    with pytest.raises(FrozenInstanceError):
        load(tmp_path, GOOD).units["CNY"].name_zh = "圆"  # type: ignore[misc]


# ------------------------------------------------------------------------------------------------------------- bad file
FAULTS = [  # one thing changed: from, to, and the one message
    # keys
    ("    kind: stock\n", "    kind: stock\n    knid: stock\n", '33: ai_parks: unknown key "knid"; did you mean "kind"?'),
    ("lookalikes:", "lookalike:", '15: unknown key "lookalike"; did you mean "lookalikes"?'),
    ("  licence: MIT\n", "  licence: MIT\n  zzz: x\n", '23: elsewhere: unknown key "zzz"; known are: source, licence, names'),
    (
        "    unit: parks\n",
        "    unit: parks\n    unit: CNY\n",
        '32: ai_parks: key "unit" is repeated; it stands on line 31 already: keep one of them',
    ),
    (
        "  ai_output:\n",
        "  ai_parks:\n",
        '49: key "ai_parks" is repeated; it stands on line 29 already: keep one of them',
    ),
    ("  parks:\n", "  CNY: {}\n  parks:\n", '3: key "CNY" is repeated; it stands on line 2 already: keep one of them'),
    ("    definition_zh: 产值。\n", "", '49: ai_output: key "definition_zh" is missing or empty; add it'),
    ("source: a notice", "source: ''", '48: ai_parks: breaks: key "source" is missing or empty; add it'),
    ("called: [人工智能产值]", "called: []", '49: ai_output: key "called" is missing or empty; add it'),
    # ids
    ("unit: parks", "unit: park", '31: ai_parks: unit "park" is not under units; did you mean "parks"?'),
    ("unit: parks", "unit: 平方米", '31: ai_parks: unit "平方米" is not under units; add it there'),
    ("category: ai\n    unit: C", "category: a\n    unit: C", '50: ai_output: category "a" is not under categories; did you mean "ai"?'),
    ("level: [national,", "level: [natonal,", '43: ai_parks: called: level "natonal" is not under levels; did you mean "national"?'),
    ("theme: ai}", "theme: chips}", '43: ai_parks: called: theme "chips" is not under themes; add it there'),
    ("within: suzhou", "within: suzho", '18: sip: within "suzho" is not under places; did you mean "suzhou"?'),
    ("within: china, rank: city", "within: sip, rank: city", '17: suzhou: within "sip" is a park and no larger than a city; name a larger place'),
    ("  ai_output:\n", "  ai-output:\n", '49: id "ai-output" is not an id; begin with a letter and go on with a–z, 0–9 and _'),
    # fixed choices and forms
    ("kind: flow", "kind: flw", '52: ai_output: kind "flw" is not one of stock, flow, list; did you mean "flow"?'),
    ("cadence: yearly", "cadence: 每年", '54: ai_output: cadence "每年" is not one of monthly, quarterly, yearly, irregular; write one of them'),
    ("rank: park", "rank: zone", '18: sip: rank "zone" is not one of campus, park, district, city_county, city, province, country; write one of them'),
    ("kind: money", "kind: many", '2: CNY: kind "many" is not one of money, percent, area, computing, count; did you mean "money"?'),
    ("headline: true", "headline: yes", '53: ai_output: headline "yes" is no flag; write true or false'),
    ("{个: 1,", "{个: one,", '7: parks: 个 "one" is no number above zero; write digits, such as 1 or 10000'),
    ("{个: 1,", "{个: 0,", '7: parks: 个 "0" is no number above zero; write digits, such as 1 or 10000'),
    ("{个: 1,", "{个: NaN,", '7: parks: 个 "NaN" is no number above zero; write digits, such as 1 or 10000'),
    ("day: 2024-01-31", "day: 2024-01-32", '48: ai_parks: breaks: day "2024-01-32" is no day; write it as 2024-12-31'),
    ("headline: true", "batches: [2019, 第二批]", '53: ai_output: batches "第二批" is no year; write four digits, such as 2024'),
    ("headline: true", "within: nobody", '53: ai_output: within "nobody" is not under indicators; add it there'),
    ("short_zh: 产业园", "short_zh: 苏州市人工智能产业园总数量", '36: ai_parks: short_zh "苏州市人工智能产业园总数量" has 13 characters; shorten it to 12'),
    ("[AI industrial parks]", "AI industrial parks", "44: ai_parks: english is not a list; write [ … ] or one line a member, begun with a dash"),
    ("called: [人工智能产值]", "called: 人工智能产值", "62: ai_output: called is not a list; write [ … ] or one line a member, begun with a dash"),
    ("{zh: 规划, en: planned}", "规划", "46: ai_parks: planned is not a mapping; write keys and values, one a line"),
    ("source: a table", "source: [a, table]", "21: elsewhere: source is not a text; write words only"),
    # names
    ("[人工智能产值]", "[人工智能…产业园]", '62: ai_output: called "人工智能…产业园" is taken by ai_parks on line 42; write it once'),
    ("[人工智能产值]", "[产值, 产值]", '62: ai_output: called "产值" is taken by ai_output on line 62; write it once'),
    ("[人工智能产值]", "[{head: 产业园, level: [provincial], theme: ai}]", '62: ai_output: called "产业园" is taken by ai_parks on line 43; write it once'),
    ("[人工智能产值]", "[产值, ai industrial Parks]", '62: ai_output: called "ai industrial Parks" is taken by ai_parks on line 44; write it once'),
    ("[人工智能产值]", "[{head: 产值}]", '62: ai_output: called "产值" has no level, theme or scope; add one or write the name alone'),
    ("[人工智能产值]", "[{head: 产值, scope: core}]", '62: ai_output: called scope "core" is not under scopes; list it there or take it out'),
    ("[人工智能产值]", "[产值…]", '62: ai_output: called "产值…" begins or ends with …; put the … between words or take it out'),
    ("[人工智能产值]", "[产值, '']", "62: ai_output: called has an empty member; write a name or take it out"),
    ("[国家级, 国家]", "[国家级, '']", "11: national has an empty member; write a text or take it out"),
    ("weak: [园区]", "weak: [苏州]", '18: sip: weak "苏州" is taken by suzhou on line 17; write it once'),
    ("江苏: 无锡 无锡市", "江苏: 无锡 苏州", '24: elsewhere: 江苏 "苏州" is taken by suzhou on line 17; write it once'),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), FAULTS, ids=[message for *_, message in FAULTS])
def test_one_fault_gives_one_message(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert faults(tmp_path, broken(old, new)) == [f"metrics.yaml:{message}"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "1: the file is empty; write at least its required keys"),
        ("# a remark only\n", "1: the file is empty; write at least its required keys"),
        ("- a list\n", "1: this is not a mapping; write keys and values, one a line"),
        ("units:\n  元: \x07\n", "2: not YAML: control character U+0007; take it out"),
        ("units:\n  CNY: 苏州\n".encode("gb18030"), "2: byte 0xcb is not UTF-8; save the file as UTF-8"),
    ],
)
def test_what_is_no_catalogue_at_all(tmp_path: Path, content: str | bytes, message: str) -> None:
    assert faults(tmp_path, content) == [f"metrics.yaml:{message}"]


@pytest.mark.parametrize(("text", "line"), [("units:\n  CNY: {kind: money\nplaces: x\n", 3), ("units:\n\tCNY: x\n", 2)])
def test_what_is_no_yaml_is_named_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    (message,) = faults(tmp_path, text)
    assert message.startswith(f"metrics.yaml:{line}: not YAML: ")
    assert message.endswith("; mend the line or the one before it")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.yaml:1: cannot be read .*; name a file that can, with --catalogue"):
        Catalogue.load(tmp_path / "none.yaml")


def test_all_faults_come_at_once_sorted_by_line(tmp_path: Path) -> None:
    text = (
        broken("unit: parks", "unit: park").replace("headline: true", "headlin: true").replace("[苏州, 苏州市]", "[]")
    )
    assert faults(tmp_path, text) == [
        'metrics.yaml:17: suzhou: key "strong" is missing or empty; add it',
        'metrics.yaml:31: ai_parks: unit "park" is not under units; did you mean "parks"?',
        'metrics.yaml:53: ai_output: unknown key "headlin"; did you mean "headline"?',
    ]


# ------------------------------------------------------------------------------------------------------------- the real
CATALOGUE = Catalogue.load(ROOT / "metrics.yaml")


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_ids_units_and_names_are_those_of_the_gold_sets() -> None:
    ours = [(one.id, one.category, one.unit, one.name_zh, one.name_en) for one in CATALOGUE.indicators.values()]
    assert sorted(ours) == sorted(tuple(row.values()) for row in rows("tests/gold/indicators.csv"))


def test_eight_or_so_headline_indicators_come_first() -> None:
    headline = [one.headline for one in CATALOGUE.indicators.values()]
    assert 6 <= sum(headline) <= 10
    assert headline == sorted(headline, reverse=True)


def test_places_are_those_of_the_gold_sets() -> None:
    assert set(CATALOGUE.places) == {
        *("suzhou", "sip", "snd", "sispark", "kunshan", "wuzhong", "xiangcheng", "wujiang", "gusu"),
        *("changshu", "zhangjiagang", "taicang", "jiangsu", "china"),
    }


def test_every_place_lies_within_china() -> None:
    for place in CATALOGUE.places.values():
        at = place
        while at.within:
            at = CATALOGUE.places[at.within]
        assert at.id == "china"


def test_every_curated_figure_has_its_indicator_place_and_scope() -> None:
    unknown = [
        row
        for row in rows("seeds/observations.csv")
        if row["indicator"] not in CATALOGUE.indicators
        or row["place"] not in CATALOGUE.places
        or (row["scope"] and row["scope"] not in CATALOGUE.indicators[row["indicator"]].scopes)
    ]
    assert unknown == []


def test_every_scope_of_the_catalogue_is_in_use() -> None:
    used = defaultdict(set)
    for row in rows("seeds/observations.csv"):
        used[row["indicator"]].add(row["scope"])
    assert {
        (one.id, code) for one in CATALOGUE.indicators.values() for code in one.scopes if code not in used[one.id]
    } == set()


@pytest.mark.parametrize("kind", ["money", "percent", "area", "computing", "count"])
def test_every_unit_counts_itself_by_its_own_words(kind: str) -> None:
    units = [unit for unit in CATALOGUE.units.values() if unit.kind == kind]
    assert units
    assert all(Decimal(1) in unit.words.values() for unit in units)


@pytest.mark.parametrize(
    "name", ["上海", "上海市", "无锡", "南京市", "深圳", "内蒙古", "包头", "延边州", "香港", "Shenzhen"]
)
def test_elsewhere_knows(name: str) -> None:
    assert name in CATALOGUE.elsewhere


@pytest.mark.parametrize("name", ["苏州", "苏州市", "昆山", "江苏", "朝阳", "日照", "开封", "来宾", "市辖区"])
def test_elsewhere_does_not_hold(name: str) -> None:
    assert name not in CATALOGUE.elsewhere


def test_elsewhere_holds_all_prefectures() -> None:
    prefectures = [name for name in CATALOGUE.elsewhere if name[-1] in "市州盟" or name.endswith("地区")]
    assert len(prefectures) > 333  # as many prefectures as China has; Suzhou is not among them, municipalities are


def test_loading_is_quick() -> None:
    """The best of a few: a busy machine, or a collection of garbage, may slow one of them."""
    spent = []
    for _ in range(5):
        start = time.process_time()
        Catalogue.load(ROOT / "metrics.yaml")
        spent.append(time.process_time() - start)
    assert min(spent) < 0.25
