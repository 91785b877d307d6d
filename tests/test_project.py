"""constraints.txt pins what was tested, and nothing that only one machine has."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DIRECT = [*PROJECT["dependencies"], *(p for extra in PROJECT["optional-dependencies"].values() for p in extra)]
LINES = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
PINS = [line for line in LINES if line and not line.startswith("#")]


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned() -> dict[str, str]:
    return {canonical(name): version for name, _, version in (pin.partition("==") for pin in PINS)}


@pytest.mark.parametrize("requirement", DIRECT)
def test_every_direct_dependency_is_pinned(requirement: str) -> None:
    name = re.match(r"[\w.-]+", requirement)
    assert name
    assert canonical(name[0]) in pinned()


def test_torch_is_pinned_to_the_version_that_has_a_cpu_build() -> None:
    assert pinned()["torch"] == "2.13.0"


@pytest.mark.parametrize("pin", PINS)
def test_a_pin_is_a_name_and_a_public_version(pin: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9A-Za-z.]*", pin)


def test_no_package_is_pinned_twice() -> None:
    assert len(pinned()) == len(PINS)


def test_no_cuda_package_is_pinned() -> None:
    assert [name for name in pinned() if name.startswith(("nvidia", "cuda", "triton"))] == []
