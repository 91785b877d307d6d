"""A folder of posts and the questions about them."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from index import Retriever
from service.answer import Answerer
from service.evaluation.questions import Asked, read_questions
from tests.eval.judge import fold, readable, verdict
from tests.indexes import Indexer


class QuestionSet:
    """The questions of a file in a folder, and the posts in its `posts/` that they are about: their sources by file
    name, in order.
    """

    def __init__(self, folder: Path, file: str = "questions.jsonl") -> None:
        self.folder = folder / "posts"
        self.asked: list[Asked] = read_questions(folder / file)
        lines = (folder / file).read_text(encoding="utf-8").splitlines()
        self._lines: list[dict[str, Any]] = [json.loads(line) for line in lines]
        about = sorted({line["file"] for line in self._lines if line["file"]})
        self.posts = {name: (self.folder / name).read_text(encoding="utf-8") for name in about}

    def about(self, post: str) -> list[dict[str, Any]]:
        """The questions about the post, as they stand in the file."""
        return [line for line in self._lines if line["file"] == post]

    def misfits(self, post: str) -> list[tuple[str, str]]:
        """By the ids of the post's questions, what an answer is to hold and the post does not; "" where a question
        holds nothing of that and is answerable, or the other way round.
        """
        texts = readable(self.posts[post])
        found = []
        for question in self.about(post):
            if question["answerable"] != bool(question["any"] or question["all"]):
                found.append((question["id"], ""))
            wanted = (*question["evidence"], *question["any"], *question["all"])
            found += [(question["id"], one) for one in wanted if not any(fold(one) in text for text in texts)]
        return found

    def shares_of(self, posts: Collection[str], indexed: Indexer, copies: Path) -> dict[str, dict[str, float]]:
        """The shares of each verdict for the questions about these posts, from an index of them alone.

        :param copies: an empty folder, for copies of the posts.
        """
        for post in posts:
            shutil.copy(self.folder / post, copies)
        return shares(Answerer(Retriever.open(indexed(copies))), [one for one in self.asked if one.file in posts])


def shares(answerer: Answerer, questions: Iterable[Asked]) -> dict[str, dict[str, float]]:
    """The share of each verdict, by the kind of question; all that are answerable are of one kind."""
    ids = {card.path: card.id for card in answerer.cards.values()}
    said: dict[str, Counter[str]] = {}
    for asked in questions:
        answer = answerer.ask(asked.turns[-1], ids[asked.file] if asked.file else None, asked.turns[:-1])
        kind = "answerable" if asked.answerable else asked.kind
        said.setdefault(kind, Counter())[verdict(asked, answer)] += 1
    wanted = ("correct", "wrong", "declined")
    return {kind: {one: counted[one] / counted.total() for one in wanted} for kind, counted in said.items()}
