"""What the rules for addresses read of a post, and how they write it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any


class Addressed:
    """A post as the rules for addresses read it. `source` is its path below the project."""

    def __init__(
        self, source: PurePosixPath, meta: Mapping[str, Any], title: str, day: date | None, settings: Mapping[str, Any]
    ) -> None:
        self.source, self.meta, self.title, self.day, self.settings = source, meta, title, day, settings

    def given(self, *names: str) -> str:
        """The first of these that front matter sets."""
        return next((str(self.meta[name]).strip() for name in names if isinstance(self.meta.get(name), str | int)), "")

    def setting(self, name: str, default: str = "") -> str:
        """A text of the configuration."""
        value = self.settings.get(name)
        return value if isinstance(value, str) else default

    def below(self, *folders: str) -> PurePosixPath:
        """The path below the first of these folders that it lies in, else the path."""
        for folder in folders:
            if folder and self.source.is_relative_to(folder):
                return self.source.relative_to(folder)
        return self.source


def page_of(path: PurePosixPath, *indexes: str) -> PurePosixPath:
    """The path without suffix; that of its folder for an index file."""
    stem = path.with_suffix("")
    return stem.parent if stem.name in (indexes or ("index", "README")) else stem


def as_folder(page: PurePosixPath) -> str:
    """The address of a page that is a folder; "" for the top one."""
    text = page.as_posix()
    return "" if text == "." else f"{text}/"


def date_parts(day: date | None) -> dict[str, str]:
    """The parts of a date by the names that permalink patterns use."""
    if day is None:
        return {}
    return {
        "year": f"{day.year:04}",
        "month": f"{day.month:02}",
        "day": f"{day.day:02}",
        "i_month": str(day.month),
        "i_day": str(day.day),
        "y_day": f"{day.timetuple().tm_yday:03}",
        "yearday": str(day.timetuple().tm_yday),
        "short_year": f"{day.year % 100:02}",
        "week": f"{day.isocalendar().week:02}",
        "short_day": day.strftime("%a"),
        "short_month": day.strftime("%b"),
    }


def hyphened(text: str) -> str:
    """A text as Jekyll slugs it: lower case, a hyphen for whatever is no letter, digit or mark."""
    return re.sub(r"[\W_]+", "-", text).strip("-").lower()


def ascii_slug(text: str) -> str:
    """A text as Pelican slugs it: like `slugged`, but in ASCII."""
    return slugged(unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode())


def hugo_part(text: str) -> str:
    """A text as Hugo writes it into an address: letters, digits and a few signs, a hyphen for spaces."""
    kept = "".join(
        sign for sign in text if sign in "./\\_#+~-@ " or unicodedata.category(sign)[0] in "LM" or sign.isdecimal()
    )
    return re.sub(r" *- *| +", "-", kept.strip())


def slugged(text: str) -> str:
    """A text as a part of an address: lower case, hyphens for spaces, no punctuation."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", folded).strip())


def names(value: object) -> list[str]:
    """The items of a list, or the words of a text."""
    if isinstance(value, str):
        return value.split()
    return [str(item) for item in value] if isinstance(value, list) else []
