"""A number with what it counts."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """“1 post”, “1,200 posts”."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
