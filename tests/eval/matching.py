"""Late interaction in torch, to be learned from; `index/late.py` and `service/features.py` are the same in numpy."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from index.late import shares
from index.types import Floats
from service.reader import USUAL_PIECES
from tests.eval.lessons import Exercise
from tests.eval.sheet import Sheet


def matches(asked: Sequence[Tensor], tokens: Sequence[Tensor], sheet: Sheet) -> list[Tensor]:
    """(sentences, pieces, questions) each: how each piece of a question is matched by a sentence, with what is before
    it, with headings too, and by its whole page.
    """
    questions = nn.utils.rnn.pad_sequence(list(asked))
    best = torch.segment_reduce(
        (torch.cat(list(tokens)) @ questions.flatten(0, 1).T).contiguous(),
        "max",
        lengths=torch.from_numpy(np.concatenate([page.lengths for page in sheet.pages])),
        initial=-1.0,
    ).unflatten(1, questions.shape[:2])
    alone, near, headed, whole = [], [], [], []
    for page, own in zip(sheet.pages, best.split([len(page.lengths) for page in sheet.pages]), strict=True):
        context, sentences = own[:1], own[1:]
        before = torch.cat([sentences, sentences.new_full((1, *sentences.shape[1:]), -1.0)])[page.before]
        head = torch.cat([context, sentences[torch.from_numpy(page.is_heading)]]).amax(0)
        alone.append(sentences)
        near.append(torch.maximum(sentences, before))
        headed.append(torch.maximum(near[-1], head))
        whole.append(own.amax(0).expand_as(sentences))
    return [torch.cat(one) for one in (alone, near, headed, whole)]


def shared(sheet: Sheet, weights: Floats) -> Tensor:
    """(pieces, questions): how much each piece counts, with sum 1 for each question."""
    return nn.utils.rnn.pad_sequence(
        [torch.from_numpy(shares(weights[one.pieces] * one.loudness)) for one in sheet.questions]
    )


class Score(nn.Module):
    """From how a sentence matches, alone, with what is before it, and with its headings too, to its log odds, and from
    the length of a question to those of none of them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.mixed = nn.Parameter(torch.full((3,), 0.4))
        self.sharpness = nn.Parameter(torch.tensor(math.log(20.0)))
        self.dense_sharpness = nn.Parameter(torch.tensor(math.log(15.0)))
        self.none = nn.Parameter(torch.tensor([14.0, 0.0]))

    def forward(self, matched: Sequence[Tensor]) -> Tensor:
        scores: Tensor = sum(part * match for part, match in zip(self.mixed, matched, strict=True))
        return scores * self.sharpness.exp()

    def of_none(self, questions: Sequence[Exercise]) -> Tensor:
        """(questions,)"""
        lengths = torch.tensor([math.log(len(one.pieces) / USUAL_PIECES) for one in questions])
        return self.none[0] + self.none[1] * lengths
