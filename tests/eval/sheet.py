"""One step of what encoder and reader learn: a post's pages, and what is asked of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor

from tests.eval.lessons import Exercise, Lesson, Page

_One = TypeVar("_One")
# Of each post each time: questions, of these asked without their evidence, and questions about another post.
_ASKED, _REMOVED, _CROSSED = 32, 4, 4
# What is left of a post may answer in other words, so that its questions are declined less surely than others.
_REMOVED_WEIGHT = 0.3
# A post of another subject is easily told; too many of them would teach little else.
_CROSSED_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Sheet:
    """One step: pages, of which the last were made for single questions, and what is asked of them.

    `rows`: of each line of the step the number of its question; `open`: (lines, sentences) which sentences it may
    choose from; `right`: likewise which answer; `weight`: (lines,); `home`: (lines, pages of the post) which hold it.
    """

    pages: tuple[Page, ...]
    questions: tuple[Exercise, ...]
    rows: Tensor
    open: Tensor
    right: Tensor
    weight: Tensor
    home: Tensor

    @classmethod
    def of(cls, lesson: Lesson, other: Lesson, chance: random.Random) -> Sheet:
        """A step about the lesson's post."""
        asked = _some(lesson.exercises, _ASKED, chance)
        crossed = _some(other.exercises, _CROSSED, chance)
        pages = list(lesson.pages)
        # Of each line the question, the pages that are open to it, where the answer is, and how much it counts.
        own = set(range(len(pages)))
        lines: list[tuple[int, set[int], Exercise | None, float]] = []
        for number, exercise in enumerate(asked):
            lines.append((number, own, exercise if exercise.answerable else None, 1.0))
        answerable = [number for number, exercise in enumerate(asked) if exercise.answerable]
        for number in _some(answerable, _REMOVED, chance):
            opened = set(own)
            for place, right in enumerate(asked[number].right):
                if right.any():
                    opened.remove(place)
                    left = lesson.pages[place].without(right)
                    if left.may_answer.any():
                        opened.add(len(pages))
                        pages.append(left)
            lines.append((number, opened, None, _REMOVED_WEIGHT))
        lines += [(number, own, None, _CROSSED_WEIGHT) for number in range(len(asked), len(asked) + len(crossed))]
        may_answer = np.concatenate([page.may_answer for page in pages])
        of_page = np.repeat(np.arange(len(pages)), [len(page.may_answer) for page in pages])
        right = np.zeros((len(lines), len(may_answer)), bool)
        for line, (_, _, answered, _) in enumerate(lines):
            if answered:
                answers = np.concatenate(answered.right)
                right[line, : len(answers)] = answers
        return cls(
            tuple(pages),
            (*asked, *crossed),
            torch.tensor([number for number, *_ in lines]),
            torch.from_numpy(np.stack([np.isin(of_page, list(opened)) for _, opened, *_ in lines]) & may_answer),
            torch.from_numpy(right),
            torch.tensor([weight for *_, weight in lines]),
            torch.tensor(
                [
                    [bool(exercise and exercise.right[place].any()) for place in range(len(lesson.pages))]
                    for _, _, exercise, _ in lines
                ]
            ),
        )

    @property
    def spans(self) -> tuple[Tensor, Tensor]:
        """(sentences,) each: where each begins among the pieces of all pages, and how many it has, 0 or more."""
        lengths = torch.from_numpy(np.concatenate([page.lengths for page in self.pages]))
        starts = lengths.cumsum(0) - lengths
        # The first of each page is its title with its headings.
        sentence = torch.from_numpy(np.concatenate([np.arange(1 + len(page.may_answer)) > 0 for page in self.pages]))
        return starts[sentence], lengths[sentence]


def _some(of: Sequence[_One], count: int, chance: random.Random) -> list[_One]:
    return chance.sample(list(of), min(count, len(of)))
