"""The README tells of every command, option, setting and dependency, and of none that is not there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer.main

from service.cli import app
from tests import settings_table
from tests.benchmarks import table

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]
DEPENDENCIES = {
    "To answer": PROJECT["dependencies"],
    "To index": PROJECT["optional-dependencies"]["index"],
    "To count requests": PROJECT["optional-dependencies"]["redis"],
    "To work on it": PROJECT["optional-dependencies"]["dev"],
}


def section(title: str) -> str:
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found, f"the README has no section {title!r}"
    return found[1]


def rows(table: str) -> list[list[str]]:
    """The cells of a table's rows, without its head."""
    lines = [line for line in table.splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines[2:]]


def packages(group: str) -> list[list[str]]:
    return rows(section("What it needs, and why").partition(group)[2].partition("\n\n")[2].partition("\n\n")[0])


def test_every_command_of_the_readme_exists_and_every_other_way_round() -> None:
    assert re.findall(r"^askpost (\w+)", section("Command line"), re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_stands_in_the_readme_with_its_help_and_its_options(name: str) -> None:
    options = {option for p in COMMANDS[name].params if p.param_type_name == "option" for option in p.opts}
    usage, _, rest = section("Command line").partition(f"askpost {name} ")[2].partition("\n")
    assert set(re.findall(r"--[\w-]+", usage)) == options
    first_sentence = re.match(r"[^.]+\.", COMMANDS[name].help)
    assert first_sentence
    assert rest.strip().startswith(first_sentence[0])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_has_help(name: str) -> None:
    assert [p.name for p in COMMANDS[name].params if not p.help] == []


def test_the_settings_are_those_of_the_code() -> None:
    assert settings_table.written_into(README) == README, "run: python -m tests.settings_table"


def test_the_tables_of_the_benchmark_are_those_of_its_newest_run() -> None:
    assert table.written_into(README, table.newest()) == README, "run: python -m tests.benchmarks.table"


@pytest.mark.parametrize("group", DEPENDENCIES)
def test_every_dependency_has_its_reason(group: str) -> None:
    named = {re.match(r"[\w-]+", requirement)[0] for requirement in DEPENDENCIES[group]}  # type: ignore[index]
    listed = packages(group)
    assert {package for package, _ in listed} == named
    assert all(reason for _, reason in listed)


def test_the_pictures_of_the_readme_are_there_and_small() -> None:
    shown = re.findall(r'<img src="(docs/[\w.-]+)"[^>]* alt="[^"]+"', README)
    assert len(shown) >= 2
    pictures = {f"docs/{path.name}": path.stat().st_size for path in (ROOT / "docs").glob("*.png")}
    assert set(shown) <= set(pictures)
    assert max(pictures.values()) <= 200_000
    assert sum(pictures.values()) <= 2_000_000
