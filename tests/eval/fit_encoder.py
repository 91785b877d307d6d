"""Fits what the encoder learns of questions, and writes it down in `index/adapter.json`.

A question's sentences share a softmax with “none of them”, each by its late-interaction score, as the ranker makes use
of it; what is changed is the encoder, by low-rank adaptation (Hu et al., 2021), so that the word pieces of a question
come near to those of its answer, and not near to what is only of the same subject. Some answerable questions are asked
again of the post without their evidence.
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from transformers import AutoModel

import index
from index.adapter import ADAPTER_FILE, Adapter, Change, fitted_adapter
from index.embed import DEFAULT_MODEL, bare_digest, find_model
from index.types import Floats
from tests.eval.examples import CROSSED_WEIGHT, REMOVED_WEIGHT
from tests.eval.lessons import Exercise, Lesson, Page, weights_of
from tests.eval.rounded import rounded

PUBLISHED = Path(index.__file__).parent / ADAPTER_FILE
# The upper half of the layers, and how wide their changes are.
_FIRST_LAYER, _RANK = 3, 8
_CHANGED = (
    "attention.self.query", "attention.self.key", "attention.self.value",
    "attention.output.dense", "intermediate.dense", "output.dense",
)  # fmt: skip
_EPOCHS, _RATE, _OWN_RATE, _DECAY = 2, 1e-3, 1e-2, 0.01
# Of each post in each epoch: questions, of these asked without their evidence, and questions about another post.
_ASKED, _REMOVED, _CROSSED = 32, 8, 4
_DENSE_WEIGHT = 0.2
_BATCH_PAGES = 16
# What the model's tokenizer puts before and behind a text.
_CLS, _SEP = 101, 102
_NEVER = -1e4


def fit(taught: Sequence[Lesson], seed: int = 0) -> Adapter:
    """The changes for these lessons, always the same on one machine."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    learner = Learner()
    weights = weights_of(taught)
    changes = [change for layer in learner.changed.values() for change in (layer.down, layer.up)]
    optimizer = torch.optim.AdamW(
        [
            {"params": changes, "weight_decay": _DECAY},
            {"params": learner.score.parameters(), "lr": _OWN_RATE, "weight_decay": 0.0},
        ],
        lr=_RATE,
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [_RATE, 2 * _OWN_RATE], total_steps=_EPOCHS * len(taught), pct_start=0.15
    )
    order = list(taught)
    for epoch in range(_EPOCHS):
        chance.shuffle(order)
        total = 0.0
        for number, lesson in enumerate(order):
            loss = learner.loss(Sheet.of(lesson, order[number - 1], chance), weights)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(changes, 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1} of {_EPOCHS}: loss {total / len(order):.3f}", file=sys.stderr)
    return Adapter(
        bare_digest(find_model(DEFAULT_MODEL)),
        "",
        {
            name: Change(layer.down.detach().numpy(), layer.up.detach().numpy())
            for name, layer in learner.changed.items()
        },
    )


def write(adapter: Adapter, file: Path = PUBLISHED) -> None:
    """Write the changes as whole numbers, one row a line, each column with the size of its step."""
    shown = ",\n".join(
        f' "{name}": {{\n  "down": {rounded(change.down)},\n  "up": {rounded(change.up)}}}'
        for name, change in adapter.changes.items()
    )
    file.write_text(f'{{"model": "{adapter.model}",\n"changes": {{\n{shown}}}}}\n', encoding="utf-8")
    fitted_adapter.cache_clear()


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
            lines.append((number, opened, None, REMOVED_WEIGHT))
        lines += [(number, own, None, CROSSED_WEIGHT) for number in range(len(asked), len(asked) + len(crossed))]
        may_answer = np.concatenate([page.may_answer for page in pages])
        of_page = np.repeat(np.arange(len(pages)), [len(page.may_answer) for page in pages])
        right = np.zeros((len(lines), len(may_answer)), bool)
        for line, (_, _, exercise, _) in enumerate(lines):
            if exercise:
                answers = np.concatenate(exercise.right)
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


class _Changed(nn.Module):
    """A layer of the model, which stays as it is, and the change that is added to it."""

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__()
        self.layer = layer
        self.down = nn.Parameter(torch.randn(layer.in_features, _RANK) / math.sqrt(layer.in_features))
        self.up = nn.Parameter(torch.zeros(_RANK, layer.out_features))

    def forward(self, read: Tensor) -> Tensor:
        made: Tensor = self.layer(read) + read @ self.down @ self.up
        return made


class _Score(nn.Module):
    """From a sentence's matches, alone, with what is before it, and with its headings too, to its odds, and from the
    length of a question to the odds of none.
    """

    def __init__(self) -> None:
        super().__init__()
        self.mixed = nn.Parameter(torch.full((3,), 0.4))
        self.sharpness = nn.Parameter(torch.tensor(math.log(20.0)))
        self.dense_sharpness = nn.Parameter(torch.tensor(math.log(15.0)))
        self.none = nn.Parameter(torch.tensor([14.0, 0.0]))

    def forward(self, matched: Sequence[Tensor]) -> Tensor:
        scores: Tensor = sum(share * match for share, match in zip(self.mixed, matched, strict=True))
        return scores * self.sharpness.exp()

    def of_none(self, questions: Sequence[Exercise]) -> Tensor:
        lengths = torch.tensor([math.log(len(one.pieces) / 9) for one in questions])
        return self.none[0] + self.none[1] * lengths


class Learner:
    """The model with its changes."""

    def __init__(self) -> None:
        self.model = AutoModel.from_pretrained(str(find_model(DEFAULT_MODEL)))
        self.model.eval().requires_grad_(False)
        self.score = _Score()
        self.changed: dict[str, _Changed] = {}
        for number in range(_FIRST_LAYER, self.model.config.num_hidden_layers):
            for name in _CHANGED:
                whole = f"encoder.layer.{number}.{name}"
                parent, _, own = whole.rpartition(".")
                layer = self.changed[whole] = _Changed(self.model.get_submodule(whole))
                setattr(self.model.get_submodule(parent), own, layer)

    def loss(self, sheet: Sheet, weights: Floats) -> Tensor:
        """The cross entropy of the right sentences, or of none; and, to a lesser part, of their passages."""
        tokens, vectors = self.read([page.pieces for page in sheet.pages])
        asked, wanted = self.read([question.pieces for question in sheet.questions])
        scores = self.score(matches(asked, tokens, sheet, weights))[sheet.rows].masked_fill(~sheet.open, _NEVER)
        none = self.score.of_none(sheet.questions)[sheet.rows]
        everything = torch.cat([none[:, None], scores], 1).logsumexp(1)
        of_right = scores.masked_fill(~sheet.right, _NEVER).logsumexp(1)
        lost = everything - torch.where(sheet.right.any(1), of_right, none)
        loss = (lost * sheet.weight).sum() / sheet.weight.sum()
        found = sheet.home.any(1)
        if not found.any():
            return loss
        near = wanted[sheet.rows[found]] @ vectors[: sheet.home.shape[1]].T * self.score.dense_sharpness.exp()
        own = near.masked_fill(~sheet.home[found], _NEVER).logsumexp(1)
        return loss + _DENSE_WEIGHT * (near.logsumexp(1) - own).mean()

    def read(self, texts: Sequence[np.ndarray]) -> tuple[list[Tensor], Tensor]:
        """Of each text the (n, dim) unit vectors of its pieces; and (texts, dim), the unit vectors of all."""
        tokens: dict[int, Tensor] = {}
        vectors: dict[int, Tensor] = {}
        order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
        for first in range(0, len(order), _BATCH_PAGES):
            batch = order[first : first + _BATCH_PAGES]
            longest = len(texts[batch[-1]]) + 2
            pieces = torch.zeros(len(batch), longest, dtype=torch.long)
            mask = torch.zeros(len(batch), longest, dtype=torch.long)
            for row, number in enumerate(batch):
                read = [_CLS, *texts[number].tolist(), _SEP]
                pieces[row, : len(read)], mask[row, : len(read)] = torch.tensor(read), 1
            made = self.model(input_ids=pieces, attention_mask=mask).last_hidden_state
            means = (made * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
            for row, number in enumerate(batch):
                tokens[number] = nn.functional.normalize(made[row, 1 : 1 + len(texts[number])], dim=-1)
                vectors[number] = nn.functional.normalize(means[row], dim=-1)
        return [tokens[number] for number in range(len(texts))], torch.stack([vectors[n] for n in range(len(texts))])


def matches(asked: Sequence[Tensor], tokens: Sequence[Tensor], sheet: Sheet, weights: Floats) -> list[Tensor]:
    """(questions, sentences) each: the late interaction with a sentence, with what is before it, with headings too."""
    questions = nn.utils.rnn.pad_sequence(list(asked))
    shares = nn.utils.rnn.pad_sequence(
        [torch.from_numpy(weights[one.pieces] / weights[one.pieces].sum()) for one in sheet.questions]
    )
    best = torch.segment_reduce(
        (torch.cat(list(tokens)) @ questions.flatten(0, 1).T).contiguous(),
        "max",
        lengths=torch.from_numpy(np.concatenate([page.lengths for page in sheet.pages])),
        initial=-1.0,
    ).unflatten(1, questions.shape[:2])
    alone, near, headed = [], [], []
    for page, own in zip(sheet.pages, best.split([len(page.lengths) for page in sheet.pages]), strict=True):
        context, sentences = own[:1], own[1:]
        before = torch.cat([sentences, sentences.new_full((1, *sentences.shape[1:]), -1.0)])[page.before]
        head = torch.cat([context, sentences[torch.from_numpy(page.is_heading)]]).amax(0)
        alone.append(sentences)
        near.append(torch.maximum(sentences, before))
        headed.append(torch.maximum(near[-1], head))
    return [(torch.cat(one) * shares).sum(1).T for one in (alone, near, headed)]


def _some(of: Sequence, count: int, chance: random.Random) -> list:
    return chance.sample(list(of), min(count, len(of)))
