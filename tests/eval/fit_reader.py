"""Fits the reader anew to what it meets when answering.

It has learned together with the encoder on whole posts, and with all that the encoder learned. When answering, the
encoder has a part of that, the index keeps so much of a vector, and what is read is what the ranker puts first. So the
reader learns once more on this, from its beginning, while the encoder stays as it is. The posts are those that the
encoder has learned from as well, so that its vectors match better here than on others.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from index import Projection, Ranking
from index.types import Floats
from service import reader
from service.answer import Answerer
from service.rank import Candidate
from service.reader import OF_TOKENS, READ_SENTENCES, pages_of
from tests.eval.judge import Asked
from tests.eval.learner import DROPOUT, NEVER, WIDTH, cross_entropy
from tests.eval.met import KEPT_SENTENCES, REMOVED_SHARE, REMOVED_WEIGHT, met
from tests.eval.network import Network

_EPOCHS, _BATCH = 3, 32
_RATE, _DECAY = 1.5e-3, 0.02


@dataclass(frozen=True, slots=True)
class Case:
    """What is met for one question, and the best sentences for it.

    `asked`: (pieces, kept) float16, the question's unit vectors; `tokens`: (n, kept) float16, those of each sentence;
    `matched`: (sentences, pieces, 4) float16, how the question is matched; `odds`: (sentences,) float32, by late
    interaction; `right`: (sentences,) whether each answers; `weight`: how much the question counts.
    """

    asked: NDArray[np.float16]
    tokens: tuple[NDArray[np.float16], ...]
    matched: NDArray[np.float16]
    odds: Floats
    right: NDArray[np.bool_]
    weight: float = 1.0

    @classmethod
    def of(
        cls,
        ranking: Ranking,
        ranked: Sequence[Candidate],
        right: Sequence[bool],
        projection: Projection,
        network: reader.Network,
        weight: float = 1.0,
    ) -> Case:
        """What is met when this was found.

        :param right: of the first of the ranked sentences whether it answers.
        :param network: whose late interaction is gone by.
        :param weight: how much the question counts.
        """
        pages = pages_of(ranked, projection.scale, KEPT_SENTENCES)
        matched = np.stack([page.matched for page in pages])
        return cls(
            (ranking.asked / projection.scale).astype(np.float16),
            tuple(page.tokens.astype(np.float16) for page in pages),
            matched.astype(np.float16),
            reader.late_odds(network, ranking.shares, matched),
            np.array(right, bool),
            weight,
        )

    def line(self, chance: random.Random) -> tuple[list[int], float]:
        """The numbers of the sentences that are read this time, and how much the question counts.

        One that answers is among them, unless all of these are taken away.
        """
        numbers = list(range(len(self.tokens)))
        answers = [number for number in numbers if self.right[number]]
        left = [number for number in numbers if not self.right[number]]
        if answers and left and chance.random() < REMOVED_SHARE:
            return left[:READ_SENTENCES], REMOVED_WEIGHT
        read = numbers[:READ_SENTENCES]
        if answers and answers[0] not in read:
            read[-1] = answers[0]
        return read, self.weight


def cases_of(answerer: Answerer, taught: Sequence[tuple[Asked, list[str]]], network: reader.Network) -> Iterator[Case]:
    """What is met for these questions.

    :param taught: as of `met`; `network`: whose late interaction is gone by.
    """
    projection = answerer.retriever.generation.projection
    for one in met(answerer, taught):
        yield Case.of(one.ranking, one.best, one.right, projection, network, one.weight)


def fit(cases: Sequence[Case], seed: int = 0) -> Network:
    """The network that these cases teach, always the same on one machine."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    network = Network(cases[0].asked.shape[1], WIDTH, DROPOUT).train()
    optimizer = torch.optim.AdamW(network.parameters(), weight_decay=_DECAY)
    steps = -(-len(cases) // _BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, total_steps=_EPOCHS * steps, pct_start=0.15)
    order = list(cases)
    for epoch in range(_EPOCHS):
        chance.shuffle(order)
        total = 0.0
        for first in range(0, len(order), _BATCH):
            loss = _loss(network, [(case, *case.line(chance)) for case in order[first : first + _BATCH]])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"reader, epoch {epoch + 1} of {_EPOCHS}: loss {total / steps:.3f}", file=sys.stderr)
    return network.eval()


def of_encoder(network: Network, projection: Projection, learned: reader.Network) -> reader.Network:
    """The weights for the encoder's own vectors, (dim, width) each, and what was learned before of late interaction."""
    weights = network.weights
    own = {name: projection.matrix @ weights[name] for name in OF_TOKENS}
    return {**learned, **weights, **own}


def _loss(network: Network, lines: Sequence[tuple[Case, list[int], float]]) -> Tensor:
    """The mean cross entropy of the right sentences, or of none, among all that are read and none.

    :param lines: cases, with what `Case.line` gives.
    """
    shown = [(case, read) for case, read, _ in lines]
    weight = torch.tensor([weight for *_, weight in lines])
    scores = network(*_padded(shown))
    open_, right = (torch.zeros(scores.shape, dtype=torch.bool) for _ in range(2))
    for number, (case, read) in enumerate(shown):
        open_[number, : len(read)] = True
        right[number, : len(read)] = torch.from_numpy(case.right[read])
    lost = cross_entropy(scores.masked_fill(~open_, NEVER), scores.new_zeros(len(scores)), right)
    return (lost * weight).sum() / weight.sum()


def _padded(shown: Sequence[tuple[Case, Sequence[int]]]) -> tuple[Tensor, ...]:
    """The six things that `Network.forward` is given, as it names them, the shorter ones filled up with zeros."""
    pieces = max(len(case.asked) for case, _ in shown)
    longest = max(len(case.tokens[number]) for case, read in shown for number in read)
    kept = shown[0][0].asked.shape[1]
    size = (len(shown), READ_SENTENCES)
    asked, is_piece = np.zeros((len(shown), pieces, kept), np.float32), np.zeros((len(shown), pieces), bool)
    tokens, is_token = np.zeros((*size, longest, kept), np.float32), np.zeros((*size, longest), bool)
    matched, odds = np.zeros((*size, pieces, 4), np.float32), np.zeros(size, np.float32)
    # Attention wants something to look at, where there is no sentence too.
    is_token[:, :, 0] = True
    for line, (case, read) in enumerate(shown):
        own = len(case.asked)
        asked[line, :own], is_piece[line, :own] = case.asked, True
        matched[line, : len(read), :own] = case.matched[read]
        odds[line, : len(read)] = case.odds[read]
        for place, number in enumerate(read):
            count = len(case.tokens[number])
            tokens[line, place, :count], is_token[line, place, :count] = case.tokens[number], True
    return tuple(torch.from_numpy(one) for one in (asked, is_piece, tokens, is_token, matched, odds))
