"""Fits the reader and writes it down in `service/reader.json`.

Each question's sentences share a softmax with “none of them”; the loss is what the right ones, or none, lack of it.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

import service
from index import Projection
from service.reader import OF_TOKENS, READ_SENTENCES, fitted_networks
from tests.eval.examples import Example
from tests.eval.network import Network
from tests.eval.rounded import rounded

READER_FILE = Path(service.__file__).parent / "reader.json"
_WIDTH, _DROPOUT = 48, 0.35
_EPOCHS, _BATCH, _RATE, _DECAY = 8, 32, 1.5e-3, 0.02
_NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fitted network and how features are scaled for it: mean and deviation of each."""

    network: Network
    mean: Tensor
    deviation: Tensor


def fit(found: Sequence[Example], seed: int = 0) -> Fitted:
    """The network for these examples, always the same on one machine."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    # Alike in length, so that little of a batch is padding.
    ordered = sorted(found, key=lambda example: max(len(page.tokens) for page in example.pages))
    batches = [Batch.of(ordered[first : first + _BATCH]) for first in range(0, len(ordered), _BATCH)]
    known = torch.cat([batch.known[batch.is_page] for batch in batches])
    first = found[0]
    network = Network(first.asked.shape[1], len(first.pages[0].features), _WIDTH, _DROPOUT)
    fitted = Fitted(network, known.mean(0), known.std(0) + 1e-2)
    optimizer = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, total_steps=_EPOCHS * len(batches))
    network.train()
    for epoch in range(_EPOCHS):
        chance.shuffle(batches)
        total = 0.0
        for batch in batches:
            loss = _loss(scores(fitted, batch), batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1} of {_EPOCHS}: loss {total / len(batches):.3f}", file=sys.stderr)
    network.eval()
    return fitted


@dataclass(frozen=True, slots=True)
class Batch:
    """Examples side by side; what is shorter than the longest is padded, as the `is_…` tell."""

    asked: Tensor
    is_piece: Tensor
    tokens: Tensor
    is_token: Tensor
    matched: Tensor
    known: Tensor
    is_page: Tensor
    right: Tensor
    weight: Tensor

    @classmethod
    def of(cls, some: Sequence[Example]) -> Batch:
        """The examples as tensors."""
        count, kept = len(some), some[0].asked.shape[1]
        pieces = max(len(one.asked) for one in some)
        longest = max(len(page.tokens) for one in some for page in one.pages)
        known = len(some[0].pages[0].features)
        pages = (count, READ_SENTENCES)
        made = cls(
            asked=torch.zeros(count, pieces, kept),
            is_piece=torch.zeros(count, pieces, dtype=torch.bool),
            tokens=torch.zeros(*pages, longest, kept),
            is_token=torch.zeros(*pages, longest, dtype=torch.bool),
            matched=torch.zeros(*pages, pieces, some[0].pages[0].matched.shape[1]),
            known=torch.zeros(*pages, known),
            is_page=torch.zeros(*pages, dtype=torch.bool),
            right=torch.zeros(*pages, dtype=torch.bool),
            weight=torch.tensor([one.weight for one in some]),
        )
        for row, one in enumerate(some):
            made.asked[row, : len(one.asked)] = torch.from_numpy(one.asked)
            made.is_piece[row, : len(one.asked)] = True
            made.right[row, : len(one.right)] = torch.tensor(one.right)
            made.is_page[row, : len(one.pages)] = True
            for column, page in enumerate(one.pages):
                made.tokens[row, column, : len(page.tokens)] = torch.from_numpy(page.tokens)
                made.is_token[row, column, : len(page.tokens)] = True
                made.matched[row, column, : len(one.asked)] = torch.from_numpy(page.matched)
                made.known[row, column] = torch.from_numpy(page.features)
        return made


def scores(fitted: Fitted, batch: Batch) -> Tensor:
    """(questions, sentences) log odds against none of them answering; very low where there is no page."""
    known = (batch.known - fitted.mean) / fitted.deviation
    read = fitted.network(batch.asked, batch.is_piece, batch.tokens, batch.is_token, batch.matched, known)
    return torch.where(batch.is_page, read, torch.tensor(_NEVER))


def _loss(read: Tensor, batch: Batch) -> Tensor:
    """The cross entropy of the right sentences, or of none, among all and none."""
    everything = torch.cat([torch.zeros(len(read), 1), read], dim=1).logsumexp(1)
    of_right = torch.where(batch.right, read, torch.tensor(_NEVER)).logsumexp(1)
    right = torch.where(batch.right.any(1), of_right, torch.zeros(()))
    return ((everything - right) * batch.weight).sum() / batch.weight.sum()


def write(networks: Sequence[Fitted], projection: Projection, model: str) -> None:
    """Write the weights as whole numbers, one row a line, each column with the size of its step."""
    shown = ",\n".join(f"{{\n{_network(one, projection)}\n }}" for one in networks)
    READER_FILE.write_text(f'{{"model": "{model}",\n "networks": [{shown}]}}\n', encoding="utf-8")
    fitted_networks.cache_clear()


def _network(fitted: Fitted, projection: Projection) -> str:
    named = {name: value.detach().numpy() for name, value in fitted.network.named_parameters()}
    weights = {name.replace(".weight", "").replace(".bias", "_bias"): value.T for name, value in named.items()}
    for name in OF_TOKENS:
        # In the encoder's own space, which every projection leads to.
        weights[name] = projection.matrix @ weights[name]
    weights["feature_mean"], weights["feature_deviation"] = fitted.mean.numpy(), fitted.deviation.numpy()
    return ",\n".join(f'  "{name}": {rounded(value)}' for name, value in weights.items())
