"""The encoder with its changes, and the reader of what it makes, as they learn together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from index.adapter import Change
from index.cross import CLS, SEP
from index.late import fit_projection
from index.types import Floats
from service.reader import MOST_ODDS, READ_PIECES, READ_SENTENCES
from tests.eval.adapted import Adapted
from tests.eval.matching import Score, matches, shared
from tests.eval.network import Network
from tests.eval.sheet import Sheet

# Of the reader.
WIDTH, DROPOUT = 48, 0.35
# The reader is told log odds in units of this.
ODDS_UNIT = 5.0
_DENSE_WEIGHT = 0.2
_BATCH_PAGES = 16
NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Judged:
    """What is thought of the sentences for each line of a sheet.

    `scores`: (lines, sentences) log odds by late interaction, very low for those that may not be chosen; `none`:
    (lines,) those of none of them; `picked`: (lines, k) the numbers of the best, and `read`, likewise, what the reader
    says.
    """

    scores: Tensor
    none: Tensor
    picked: Tensor
    read: Tensor


class Learner:
    """The model with its changes, and what reads for it."""

    def __init__(self) -> None:
        self._adapted = Adapted()
        self.score = Score()
        self.reader = Network(self._adapted.width, WIDTH, DROPOUT)
        self.projection = torch.eye(self._adapted.width)

    @property
    def change_parameters(self) -> list[nn.Parameter]:
        """What is learned of the encoder."""
        return self._adapted.parameters

    @property
    def changes(self) -> dict[str, Change]:
        """The changes by the names of their layers."""
        return self._adapted.changes

    def project(self, texts: Sequence[np.ndarray]) -> None:
        """From here on keep of each vector what an index keeps: `projection` becomes the (dim, kept) one that is fitted
        to the pieces of these texts.
        """
        self.projection = torch.eye(len(self.projection))
        with torch.no_grad():
            tokens, _ = self.encode(texts)
        self.projection = torch.from_numpy(fit_projection(torch.cat(tokens).numpy()).matrix)

    def loss(self, sheet: Sheet, weights: Floats) -> Tensor:
        """The cross entropy of the right sentences, or of none, by late interaction and by the reader; and, to a lesser
        part, of their passages.
        """
        tokens, vectors = self.encode([page.pieces for page in sheet.pages])
        asked, wanted = self.encode([question.pieces for question in sheet.questions])
        judged = self.judge(sheet, weights, tokens, asked, sheet.right)
        lost = cross_entropy(judged.scores, judged.none, sheet.right)
        lost = lost + cross_entropy(judged.read, torch.zeros(len(sheet.rows)), sheet.right.gather(1, judged.picked))
        loss = (lost * sheet.weight).sum() / sheet.weight.sum()
        found = sheet.home.any(1)
        if not found.any():
            return loss
        near = wanted[sheet.rows[found]] @ vectors[: sheet.home.shape[1]].T * self.score.dense_sharpness.exp()
        own = near.masked_fill(~sheet.home[found], NEVER).logsumexp(1)
        return loss + _DENSE_WEIGHT * (near.logsumexp(1) - own).mean()

    def judge(
        self,
        sheet: Sheet,
        weights: Floats,
        tokens: Sequence[Tensor],
        asked: Sequence[Tensor],
        shown: Tensor,
    ) -> Judged:
        """What late interaction and the reader think of the sheet's sentences.

        :param tokens: of the pages, from `encode`, and `asked` of the questions.
        :param shown: (lines, sentences) of which the best is read in any case.
        """
        matched = matches(asked, tokens, sheet)
        counted = shared(sheet, weights)
        scores = self.score([(one * counted).sum(1).T for one in matched[:3]])[sheet.rows].masked_fill(
            ~sheet.open, NEVER
        )
        none = self.score.of_none(sheet.questions)[sheet.rows]
        order = scores.detach()
        best = order.masked_fill(~shown, NEVER).amax(1, keepdim=True)
        order = order.masked_fill(shown & (order == best), -NEVER)
        picked = order.topk(min(READ_SENTENCES, order.shape[1]), 1).indices
        odds = (scores.gather(1, picked) - none[:, None]) / ODDS_UNIT
        # (lines, read, pieces) of all pages' word pieces those of each sentence; what comes behind it is masked.
        starts, lengths = (one[picked] for one in sheet.spans)
        places = torch.arange(READ_PIECES)
        pieces = self._dropped(torch.cat(list(tokens)))
        questions = self._dropped(nn.utils.rnn.pad_sequence(list(asked), batch_first=True)[sheet.rows])
        counts = torch.tensor([len(one) for one in asked])[sheet.rows]
        read = self.reader(
            questions,
            torch.arange(questions.shape[1]) < counts[:, None],
            pieces[(starts[..., None] + places).clamp(max=len(pieces) - 1)],
            places < lengths.clamp(min=1)[..., None],
            torch.stack(matched, -1).permute(2, 0, 1, 3)[sheet.rows[:, None], picked],
            odds.clamp(-MOST_ODDS, MOST_ODDS),
        )
        return Judged(scores, none, picked, read.masked_fill(~sheet.open.gather(1, picked), NEVER))

    def _dropped(self, vectors: Tensor) -> Tensor:
        """The vectors with dropout on the numbers that are kept of them."""
        kept: Tensor = self.reader.drop(vectors @ self.projection)
        return kept @ self.projection.T

    def encode(self, texts: Sequence[np.ndarray]) -> tuple[list[Tensor], Tensor]:
        """Of each text the (n, dim) unit vectors of its pieces; and (texts, dim), the unit vectors of all."""
        tokens: dict[int, Tensor] = {}
        vectors: dict[int, Tensor] = {}
        order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
        for first in range(0, len(order), _BATCH_PAGES):
            batch = order[first : first + _BATCH_PAGES]
            made, mask = self._adapted.read([[CLS, *texts[number].tolist(), SEP] for number in batch])
            means = (made * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
            for row, number in enumerate(batch):
                own = made[row, 1 : 1 + len(texts[number])]
                tokens[number] = nn.functional.normalize(own @ self.projection @ self.projection.T, dim=-1)
                vectors[number] = nn.functional.normalize(means[row], dim=-1)
        return [tokens[number] for number in range(len(texts))], torch.stack([vectors[n] for n in range(len(texts))])


def cross_entropy(scores: Tensor, none: Tensor, right: Tensor) -> Tensor:
    """(lines,): the cross entropy of the right ones, or of none, among all and none."""
    everything = torch.cat([none[:, None], scores], 1).logsumexp(1)
    of_right = scores.masked_fill(~right, NEVER).logsumexp(1)
    return everything - torch.where(right.any(1), of_right, none)
