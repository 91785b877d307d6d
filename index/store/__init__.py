"""The index folder: everything that is known of a blog, on disk."""

from index.store.disk import writing
from index.store.finished import Embedded, Finished
from index.store.layout import FORMAT, Manifest, live_generation
from index.store.read import Generation, open_index
from index.store.vectors import Vectors
from index.store.write import Draft, add_suggestions, build_lock, new_folder, publish

__all__ = [
    "FORMAT",
    "Draft",
    "Embedded",
    "Finished",
    "Generation",
    "Manifest",
    "Vectors",
    "add_suggestions",
    "build_lock",
    "live_generation",
    "new_folder",
    "open_index",
    "publish",
    "writing",
]
