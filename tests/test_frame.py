"""The frame: commands, dependencies, borders between modules, and what may stand where."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import textwrap
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from etl import sources
from etl.catalogue import Catalogue

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
TARGETS = re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)[1].split()  # type: ignore[index]
EVIDENCE = ("seeds/", "tests/gold/")  # articles: not our words

TOP = {
    *("pyproject.toml", "README.md", "metrics.yaml", "seeds", "etl", "dashboard", "tests", "docs"),
    *("Makefile", "CHANGELOG.md", "LICENSE", "requirements.lock", "Containerfile", ".ci", ".streamlit"),
    *(".gitignore", ".gitattributes", ".pre-commit-config.yaml"),
}
UNIMPORTED = {
    "idna": "urllib3 imports it",
    "lxml-html-clean": "trafilatura imports it",
    "pandas": "Streamlit's tables are made of it",
}
VAGUE = {"util", "utils", "helpers", "common", "base", "manager", "data", "info"}
NO_ADDRESS = re.compile(
    r"pypi[.]org|pythonhosted[.]|registry[.]npmjs|[.]debian[.]org"  # hosts of package registries
    r"|(?<![\w./-])/(?:root|work|home|opt|tmp|Users)/"  # one machine's paths
)


def run(*command: str) -> str:
    """Run a command at the top of the project and give what it printed."""
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def tracked() -> list[str]:
    return run("git", "ls-files", "-z").rstrip("\0").split("\0")


def own_text() -> list[str]:
    """The tracked files that hold words of ours."""
    return [name for name in tracked() if not name.startswith(EVIDENCE) and not name.endswith(".png")]


def modules() -> list[str]:
    return [name for name in tracked() if name.endswith(".py")]


# ------------------------------------------------------------------------------------------------------------- commands
@pytest.mark.parametrize("target", TARGETS)
def test_every_make_target_is_explained_by_make_and_by_the_readme(target: str) -> None:
    assert re.search(rf"^{target}:.* ## \S", MAKEFILE, re.MULTILINE)
    assert f"make {target}" in README or target == "help"


def test_make_alone_lists_every_target() -> None:
    listed = re.findall(r"^  make (\w+)", run("make"), re.MULTILINE)

    assert listed == TARGETS


def test_the_readme_names_no_target_that_is_not_there() -> None:
    assert set(re.findall(r"`make ([a-z]+)`", README)) <= set(TARGETS)


def test_the_readme_names_every_command_of_the_etl_and_no_other() -> None:
    listed = run(sys.executable, "-m", "etl", "--help").partition("Commands:")[2]

    commands = set(re.findall(r"^  ([a-z]+)", listed, re.MULTILINE))
    assert set(re.findall(r"python -m etl ([a-z]+)", README)) == commands


def example(word: str) -> str:
    """The YAML example of the README that holds the word."""
    blocks: list[str] = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    return next(block for block in blocks if word in block)


def test_the_indicator_of_the_readme_needs_only_to_be_pasted(tmp_path: Path) -> None:
    pasted = tmp_path / "metrics.yaml"
    pasted.write_text((ROOT / "metrics.yaml").read_text("utf-8") + example("robot_makers"), "utf-8")

    before, after = Catalogue.load(ROOT / "metrics.yaml"), Catalogue.load(pasted)
    assert set(after.indicators) - set(before.indicators) == {"robot_makers"}
    assert f"its {len(before.indicators)} indicators" in README


def test_the_entry_of_the_readme_is_one_that_sources_yaml_takes(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(textwrap.dedent(example("publisher")), "utf-8")

    [entry] = sources.read(path, Catalogue.load(ROOT / "metrics.yaml").places).values()
    assert (entry.published, entry.place) == (date(2025, 3, 1), "sip")


def test_make_says_which_python_it_needs(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "import sys; sys.version_info = (3, 9); $2"\n', "utf-8")
    old.chmod(0o755)
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("pyproject.toml", "requirements.lock"):
        (tmp_path / name).touch()

    made = subprocess.run(["make", "setup", f"PYTHON={old}"], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert made.returncode != 0
    assert "is Python 3.9; 3.11 or newer is needed" in made.stderr
    assert not (tmp_path / ".venv").exists()


def test_the_build_server_runs_what_a_person_runs() -> None:
    script = ROOT / ".ci" / "run"

    assert os.access(script, os.X_OK)
    assert script.read_text("utf-8").rstrip().endswith("\nmake test")


# --------------------------------------------------------------------------------------------------------- dependencies
def pins() -> dict[str, list[str]]:
    """Name -> its pinned versions: more than one where a version depends on the platform."""
    found: dict[str, list[str]] = {}
    for name, version in re.findall(
        r"^([\w.-]+)==(\S+)", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE
    ):
        found.setdefault(canonicalize_name(name), []).append(version)
    return found


@pytest.mark.parametrize(
    "wanted", PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["test"]
)
def test_every_dependency_is_pinned_to_a_version_that_fits(wanted: str) -> None:
    requirement = Requirement(wanted)

    versions = pins()[canonicalize_name(requirement.name)]
    assert all(version in requirement.specifier for version in versions)


def imported(package: str) -> set[str]:
    """Top-level names that a package of ours imports from elsewhere, standard library apart."""
    trees = [ast.walk(ast.parse(path.read_text("utf-8"))) for path in (ROOT / package).rglob("*.py")]
    nodes = [node for tree in trees for node in tree]
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    taken = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    return {name.split(".")[0] for name in plain | taken} - sys.stdlib_module_names - {"etl", "dashboard"}


def test_the_dependencies_are_what_the_code_imports() -> None:
    sold_as = importlib.metadata.packages_distributions()
    needed = {canonicalize_name(sold_as[name][0]) for package in ("etl", "dashboard") for name in imported(package)}
    declared = {canonicalize_name(Requirement(text).name) for text in PROJECT["project"]["dependencies"]}

    assert declared - set(UNIMPORTED) == needed - set(UNIMPORTED)


def test_the_lock_holds_no_address() -> None:
    assert "://" not in (ROOT / "requirements.lock").read_text("utf-8")
    assert "uv.lock" not in tracked()


# ------------------------------------------------------------------------------------------------------------------ house
def test_the_top_level_holds_only_what_is_agreed() -> None:
    assert {name.split("/")[0] for name in tracked()} <= TOP


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    found = {name: NO_ADDRESS.findall((ROOT / name).read_text("utf-8")) for name in own_text()}

    assert {name: hits for name, hits in found.items() if hits} == {}


def test_no_module_is_longer_than_500_lines() -> None:
    lengths = {name: len((ROOT / name).read_text("utf-8").splitlines()) for name in modules()}

    assert {name: lines for name, lines in lengths.items() if lines > 500} == {}


def test_every_module_has_a_name_that_says_something() -> None:
    assert [name for name in modules() if VAGUE & set(Path(name).with_suffix("").parts)] == []


# ---------------------------------------------------------------------------------------------------------------- borders
def contracts(kind: str) -> list[dict[str, Any]]:
    return [c for c in PROJECT["tool"]["importlinter"]["contracts"] if c["type"] == kind]


def test_the_layers_cover_every_module_of_both_packages() -> None:
    assert [c["containers"] for c in contracts("layers")] == [
        ["etl"],
        ["etl.recognise"],
        ["dashboard"],
        ["dashboard.views"],
    ]
    assert all(c["exhaustive"] for c in contracts("layers"))


def test_no_module_that_exists_is_optional_in_a_contract() -> None:
    optional = [
        (container, name)
        for contract in contracts("layers")
        for container in contract["containers"]
        for name in re.findall(r"\((\w+)\)", " ".join(contract["layers"]))
    ]

    folders = [(ROOT / container.replace(".", "/"), name) for container, name in optional]
    assert [name for folder, name in folders if (folder / name).is_dir() or (folder / f"{name}.py").exists()] == []


def test_the_etl_starts_without_pandas_and_the_web() -> None:
    loaded = run(sys.executable, "-c", "import sys, etl.__main__; print(*sys.modules)").split()

    assert {"pandas", "plotly", "streamlit", "trafilatura", "opencc"} & set(loaded) == set()


# ---------------------------------------------------------------------------------------------------------- browser tests
@pytest.mark.parametrize(("ci", "outcome"), [("true", "1 error"), ("", "1 skipped")])
def test_a_skipped_browser_test_fails_on_the_build_server_only(tmp_path: Path, ci: str, outcome: str) -> None:
    shutil.copy(ROOT / "tests" / "browser" / "conftest.py", tmp_path)
    (tmp_path / "test_page.py").write_text("def test_page(page):\n    assert page\n", "utf-8")
    command = [sys.executable, "-m", "pytest", "-rs", "-p", "no:cacheprovider", str(tmp_path)]
    environment = {**os.environ, "CI": ci, "CHROMIUM": "no-such-browser"}

    ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    assert outcome in ran.stdout
    assert "apt-get install chromium" in ran.stdout
