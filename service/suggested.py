"""A few questions that a reader may ask instead, of those that were made when indexing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, islice, zip_longest

from index import Generation, Hit, words

_SUGGESTIONS = 3
# Of so many posts: a large blog is not looked through for a refusal.
_SPREAD_OVER = 50
_NEAREST_HITS = 2


def suggested(generation: Generation, post: str | None, hits: Sequence[Hit]) -> tuple[str, ...]:
    """A few questions that are answered: by the post, else by the posts that the hits are from, else by any."""
    known = generation.suggestions
    near = [post] if post else chain((hit.passage.post for hit in hits), generation.cards)
    if post and hits:
        # Those that speak of what was found come first.
        said = set(words(" ".join(heading for hit in hits[:_NEAREST_HITS] for heading in hit.passage.heading)))
        return tuple(sorted(known.get(post, ()), key=lambda one: -len(said.intersection(words(one))))[:_SUGGESTIONS])
    # One of each post in turn.
    posts = dict.fromkeys(islice(near, len(hits) + _SPREAD_OVER))
    turns = zip_longest(*(known.get(one, ()) for one in islice(posts, _SPREAD_OVER)))
    return tuple(islice(dict.fromkeys(one for turn in turns for one in turn if one), _SUGGESTIONS))
