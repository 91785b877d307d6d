"""Fits the cross-encoder, which reads a question and a sentence together.

Of each question two sentences share a softmax with “neither answers”: one that answers with the best of those that do
not, or the best with another that does not. They are what the ranker puts first in indexes of the training posts, so
that the cross-encoder learns to tell what all before it could not. It begins with what the encoder has learned.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

import index
from index.adapter import fitted_adapter
from index.cross import Excerpt, side_by_side
from index.cross_adapter import CROSS_ADAPTER_FILE, CrossAdapter, fitted_cross
from index.embed import DEFAULT_MODEL, find_model
from index.encode import TOKENIZER_FILE
from service.answer import Answerer
from service.closely import excerpt_of
from tests.eval.adapted import Adapted
from tests.eval.judge import Asked
from tests.eval.learner import NEVER, cross_entropy
from tests.eval.met import REMOVED_SHARE, REMOVED_WEIGHT, met
from tests.eval.rounded import rounded, rounded_changes

PUBLISHED = Path(index.__file__).parent / CROSS_ADAPTER_FILE
_EPOCHS, _BATCH = 2, 64
# Read together, and as good as equally long.
_READ_AT_ONCE = 64
_RATES, _DECAY = (1e-3, 1e-2), 0.01
# The first layers keep what the encoder has learned in them: that saves a fifth of the time.
_KEPT_LAYERS = 2


@dataclass(frozen=True, slots=True)
class Case:
    """A question with the best sentences for it. `right`: whether each answers; `weight`: how much it counts."""

    question: str
    excerpts: tuple[Excerpt, ...]
    right: tuple[bool, ...]
    weight: float = 1.0

    def pair(self, chance: random.Random) -> tuple[tuple[int, ...], float]:
        """The numbers of the two sentences that are read this time, and how much the question counts.

        One that answers is among them, unless all of these are taken away.
        """
        answers = [number for number, right in enumerate(self.right) if right]
        left = [number for number, right in enumerate(self.right) if not right]
        if answers and left and chance.random() < REMOVED_SHARE:
            return tuple(left[:2]), REMOVED_WEIGHT
        if answers and answers[0] > 0:
            return (answers[0], 0), self.weight
        # The best, which answers or does not, and any other that does not.
        others = [number for number in left if number > 0]
        return (0, *([chance.choice(others)] if others else [])), self.weight


class CrossLearner:
    """The model with its changes and its head, which makes log odds of a text's unit vector.

    :param begun: what it begins with; without it, the encoder's changes and any head.
    """

    def __init__(self, begun: CrossAdapter | None = None) -> None:
        self.adapted = Adapted(begun.changes if begun else fitted_adapter().changes)
        self.adapted.keep_first(_KEPT_LAYERS)
        self._tokenizer = Tokenizer.from_file(str(find_model(DEFAULT_MODEL) / TOKENIZER_FILE))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.cut = cache(self._cut)
        self.head = nn.Linear(self.adapted.width, 1)
        nn.init.normal_(self.head.weight, std=0.5)
        nn.init.zeros_(self.head.bias)
        if begun:
            self.head.load_state_dict({"weight": torch.tensor(begun.weights)[None], "bias": torch.tensor([begun.bias])})

    def odds(self, read: Sequence[tuple[str, Excerpt]]) -> Tensor:
        """(read,) float32: the log odds that each sentence answers its question."""
        texts = [side_by_side(question, excerpt, self.cut) for question, excerpt in read]
        order = sorted(range(len(texts)), key=lambda number: len(texts[number][0]))
        made = []
        for first in range(0, len(order), _READ_AT_ONCE):
            own = [texts[number] for number in order[first : first + _READ_AT_ONCE]]
            vectors, mask = self.adapted.read([pieces for pieces, _ in own], [types for _, types in own])
            means = (vectors * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
            made.append(self.head(nn.functional.normalize(means, dim=-1))[:, 0])
        return torch.cat(made)[torch.argsort(torch.tensor(order))]

    def loss(self, shown: Sequence[tuple[Case, tuple[int, ...], float]]) -> Tensor:
        """The mean cross entropy of the right sentence, or of neither, among both and neither.

        :param shown: cases, with what `Case.pair` gives.
        """
        rows = torch.tensor([row for row, (_, read, _) in enumerate(shown) for _ in read])
        columns = torch.tensor([column for _, read, _ in shown for column in range(len(read))])
        odds = self.odds([(case.question, case.excerpts[number]) for case, read, _ in shown for number in read])
        scores = torch.full((len(shown), 2), NEVER).index_put((rows, columns), odds)
        right = torch.zeros(scores.shape, dtype=torch.bool)
        right[rows, columns] = torch.tensor([case.right[number] for case, read, _ in shown for number in read])
        weight = torch.tensor([weight for *_, weight in shown])
        return (cross_entropy(scores, torch.zeros(len(shown)), right) * weight).sum() / weight.sum()

    def _cut(self, text: str) -> tuple[int, ...]:
        return tuple(self._tokenizer.encode(text, add_special_tokens=False).ids)


def cases_of(answerer: Answerer, taught: Sequence[tuple[Asked, list[str]]]) -> Iterator[Case]:
    """What is met for these questions.

    :param taught: as of `met`.
    """
    for one in met(answerer, taught):
        excerpts = tuple(excerpt_of(candidate, answerer.cards) for candidate in one.best)
        yield Case(one.ranking.question, excerpts, one.right, one.weight)


def fit(cases: Sequence[Case], seed: int = 0) -> CrossAdapter:
    """What these cases teach, always the same on one machine."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    learner = CrossLearner()
    changes = [one for one in learner.adapted.parameters if one.requires_grad]
    learned = (changes, list(learner.head.parameters()))
    optimizer = torch.optim.AdamW([{"params": list(part), "weight_decay": _DECAY} for part in learned])
    steps = -(-len(cases) // _BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, list(_RATES), total_steps=_EPOCHS * steps, pct_start=0.1)
    order = list(cases)
    for epoch in range(_EPOCHS):
        chance.shuffle(order)
        total = 0.0
        for first in range(0, len(order), _BATCH):
            loss = learner.loss([(case, *case.pair(chance)) for case in order[first : first + _BATCH]])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(changes, 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"cross-encoder, epoch {epoch + 1} of {_EPOCHS}: loss {total / steps:.3f}", file=sys.stderr)
    head = learner.head
    return CrossAdapter(learner.adapted.changes, head.weight.detach().numpy()[0], float(head.bias.item()))


def write_cross(made: CrossAdapter, file: Path = PUBLISHED) -> None:
    """Write the changes as whole numbers, and the head as it is."""
    file.write_text(
        f'{{"bias": {made.bias:.5f},\n"weights": {rounded(made.weights)},\n'
        f'"changes": {{\n{rounded_changes(made.changes)}}}}}\n',
        encoding="utf-8",
    )
    fitted_cross.cache_clear()
