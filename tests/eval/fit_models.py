"""Fits what the encoder learns of questions and the reader of its vectors, and writes both down.

A question's sentences share a softmax with “none of them”, twice: by late interaction, as the ranker makes use of it,
and by what the reader says of the best; and the passages share one, to a lesser part. What is changed is the encoder,
by low-rank adaptation (Hu et al., 2021), so that the word pieces of a question come near to those of its answer, and
not near to what is only of the same subject, and so that the reader can tell; and the reader. Some answerable
questions are asked again of the post without their evidence.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

import index
import service
from index.adapter import ADAPTER_FILE, Adapter, Change, fitted_adapter
from index.embed import DEFAULT_MODEL, bare_digest, find_model
from index.types import Floats
from service.reader import fitted_network
from tests.eval.learner import ODDS_UNIT, Learner
from tests.eval.lessons import Lesson, sample_pieces, weights_of
from tests.eval.rounded import rounded, rounded_changes
from tests.eval.sheet import Sheet

PUBLISHED = Path(index.__file__).parent / ADAPTER_FILE
READER_FILE = Path(service.__file__).parent / "reader.json"
_EPOCHS = 3
# So much of what was learned is added to the model: what lies between both does better on other posts than what has
# learned all (Wortsman et al., 2022). Of 0.7, 0.85 and 1. The reader has learned with all, and learns anew afterwards.
_KEPT_SHARE = 0.85
# So many steps pass between two projections.
_PROJECTED_EACH = 120
# The highest of each rate, and the decay: of the encoder's changes, of late interaction's odds, of the reader.
_RATES, _DECAYS = (1e-3, 2e-2, 1.5e-3), (0.01, 0.0, 0.02)


@dataclass(frozen=True, slots=True)
class Learned:
    """What came of it: the encoder's changes, and the reader's weights by name, as `service/reader.py` uses them."""

    adapter: Adapter
    reader: dict[str, Floats]


def fit(taught: Sequence[Lesson], seed: int = 0) -> Learned:
    """What these lessons teach, always the same on one machine."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    learner = Learner()
    weights = weights_of(taught)
    samples = sample_pieces()
    learned = (learner.change_parameters, learner.score.parameters(), learner.reader.parameters())
    optimizer = torch.optim.AdamW(
        [{"params": list(part), "weight_decay": decay} for part, decay in zip(learned, _DECAYS, strict=True)]
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, list(_RATES), total_steps=_EPOCHS * len(taught), pct_start=0.15
    )
    order = list(taught)
    learner.reader.train()
    for epoch in range(_EPOCHS):
        chance.shuffle(order)
        total = 0.0
        for number, lesson in enumerate(order):
            if number % _PROJECTED_EACH == 0:
                # What the index keeps of a vector changes as the vectors do.
                learner.project(samples)
            loss = learner.loss(Sheet.of(lesson, order[number - 1], chance), weights)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(learner.change_parameters, 1.0)
            nn.utils.clip_grad_norm_(learner.reader.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1} of {_EPOCHS}: loss {total / len(order):.3f}", file=sys.stderr)
    learner.reader.eval()
    kept = {name: Change(one.down, _KEPT_SHARE * one.up) for name, one in learner.changes.items()}
    return Learned(Adapter(bare_digest(find_model(DEFAULT_MODEL)), "", kept), reader_of(learner))


def reader_of(learner: Learner) -> dict[str, Floats]:
    """The reader's weights by name, and how late interaction gives the odds that it begins with."""
    weights = learner.reader.weights
    weights["late"] = (learner.score.mixed * learner.score.sharpness.exp() / ODDS_UNIT).detach().numpy()
    weights["none"] = (learner.score.none / ODDS_UNIT).detach().numpy()
    return weights


def write_adapter(adapter: Adapter, file: Path = PUBLISHED) -> None:
    """Write the changes as whole numbers, one row a line, each column with the size of its step."""
    file.write_text(
        f'{{"model": "{adapter.model}",\n"changes": {{\n{rounded_changes(adapter.changes)}}}}}\n', encoding="utf-8"
    )
    fitted_adapter.cache_clear()


def write_reader(reader: dict[str, Floats], model: str, file: Path = READER_FILE) -> None:
    """Write the weights likewise, for the vectors of the encoder with this digest."""
    shown = ",\n".join(f'  "{name}": {rounded(value)}' for name, value in reader.items())
    file.write_text(f'{{"model": "{model}",\n "network": {{\n{shown}\n }}}}\n', encoding="utf-8")
    fitted_network.cache_clear()
