"""What a build is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from index.chunk import ChunkSettings
from index.embed import DEFAULT_MODEL


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """What to index, where to, and how."""

    content: Path
    index: Path
    model: str = DEFAULT_MODEL
    generator: str | None = None
    site_url: str | None = None
    chunk: ChunkSettings = field(default_factory=ChunkSettings)
