"""Turns posts into an index folder and answers "which passages?". These names are all that other packages use.

What only indexing needs (parsers, the model) is imported when it is first used: a machine that only answers has none
of it installed.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from index.cross import CrossEncoder, Excerpt
from index.encode import DEFAULT_PRECISION, Precision
from index.errors import (
    AskpostError,
    ContentError,
    IndexBusyError,
    IndexDamagedError,
    IndexMissingError,
    ModelError,
    PostError,
)
from index.hint import USUAL_INDEX, index_command
from index.late import Projection, weigh
from index.lexical import content_words, words
from index.memory import give_back
from index.retrieve import Retriever
from index.steps import from_steps
from index.store import Generation, Manifest, live_generation
from index.types import (
    Block,
    Floats,
    Heading,
    Hit,
    Notice,
    Part,
    Passage,
    Post,
    PostCard,
    Ranking,
    Section,
    Sentence,
    SentenceKind,
)

if TYPE_CHECKING:
    from index.build import BuildSettings, Check, Report, build_index
    from index.built_site import SiteCheck, check_site
    from index.exported import ExportedEncoder
    from index.reduced import without
    from index.staleness import Staleness, check_index
    from index.watch import changes

_WHEN_USED = {
    "Check": "index.build",
    "BuildSettings": "index.build",
    "ExportedEncoder": "index.exported",
    "Report": "index.build",
    "SiteCheck": "index.built_site",
    "Staleness": "index.staleness",
    "build_index": "index.build",
    "changes": "index.watch",
    "check_index": "index.staleness",
    "check_site": "index.built_site",
    "without": "index.reduced",
}

__all__ = [
    "DEFAULT_PRECISION",
    "USUAL_INDEX",
    "AskpostError",
    "Block",
    "BuildSettings",
    "Check",
    "ContentError",
    "CrossEncoder",
    "Excerpt",
    "ExportedEncoder",
    "Floats",
    "Generation",
    "Heading",
    "Hit",
    "IndexBusyError",
    "IndexDamagedError",
    "IndexMissingError",
    "Manifest",
    "ModelError",
    "Notice",
    "Part",
    "Passage",
    "Post",
    "PostCard",
    "PostError",
    "Precision",
    "Projection",
    "Ranking",
    "Report",
    "Retriever",
    "Section",
    "Sentence",
    "SentenceKind",
    "SiteCheck",
    "Staleness",
    "build_index",
    "changes",
    "check_index",
    "check_site",
    "content_words",
    "from_steps",
    "give_back",
    "index_command",
    "live_generation",
    "weigh",
    "without",
    "words",
]


def __getattr__(name: str) -> object:
    if name not in _WHEN_USED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_WHEN_USED[name]), name)
