"""The reader's network in torch, to be fitted; `service/reader.py` is the same in numpy."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from index.types import Floats
from service.reader import STRETCH

_MATCHED = 4
_NEVER = -1e4


class Network(nn.Module):
    """Scores each of a question's sentences. Names are those that the reader gives its weights."""

    def __init__(self, kept: int, width: int, dropout: float) -> None:
        super().__init__()
        self.question, self.value = nn.Linear(kept, width), nn.Linear(kept, width)
        self.ask, self.key = nn.Linear(kept, width), nn.Linear(kept, width)
        self.kind, self.word = nn.Linear(kept, width), nn.Linear(kept, width)
        self.important, self.kind_word = nn.Linear(kept, 1, bias=False), nn.Linear(kept, 1, bias=False)
        self.compare = nn.Linear(3 * width + _MATCHED, width)
        self.hidden = nn.Linear(3 * width + 2, width)
        self.out = nn.Linear(width, 1)
        self.sharpness = nn.Parameter(torch.tensor([0.375]))
        self.trust = nn.Parameter(torch.tensor([0.5]))
        self.drop = nn.Dropout(dropout)

    @property
    def weights(self) -> dict[str, Floats]:
        """The weights by the names that `service/reader.py` has for them: of a layer (in, out), of a bias (out,)."""
        named = {name: value.detach().numpy() for name, value in self.named_parameters()}
        return {name.replace(".weight", "").replace(".bias", "_bias"): value.T for name, value in named.items()}

    def forward(
        self, asked: Tensor, is_piece: Tensor, tokens: Tensor, is_token: Tensor, matched: Tensor, odds: Tensor
    ) -> Tensor:
        """(questions, sentences): the score of each.

        :param asked: (questions, pieces, kept); `is_piece` (questions, pieces) tells pieces from padding.
        :param tokens: (questions, sentences, n, kept); `is_token` likewise.
        :param matched: (questions, sentences, pieces, 4).
        :param odds: (questions, sentences), the log odds by late interaction, in the unit that was learned.
        """
        question, read = asked * STRETCH, tokens * STRETCH
        attention = torch.einsum("bmd,bknd->bkmn", self.ask(question), self.key(read)) * self.sharpness
        attention = attention.masked_fill(~is_token[:, :, None, :], _NEVER).softmax(-1)
        seen = torch.einsum("bkmn,bknd->bkmd", attention, self.value(read))
        compared = self.question(question)[:, None].expand_as(seen)
        each = self.drop(self.compare(torch.cat([compared, seen, compared * seen, matched], -1)).relu())
        mean = torch.einsum("bm,bkmd->bkd", _share(self.important(question), is_piece), each)
        most = each.masked_fill(~is_piece[:, None, :, None], _NEVER).amax(2)
        kind = torch.einsum("bm,bmd->bd", _share(self.kind_word(question), is_piece), self.kind(question))
        words = torch.tanh(self.word(read))
        fit = torch.einsum("bd,bknd->bkn", kind, words).masked_fill(~is_token, _NEVER)
        found = torch.einsum("bkn,bknd->bkd", fit.softmax(-1), words) * kind[:, None]
        together = torch.cat([mean, most, found, fit.amax(-1, keepdim=True), odds[..., None]], -1)
        score: Tensor = self.out(self.drop(self.hidden(together).relu())).squeeze(-1)
        return score + self.trust * odds


def _share(weights: Tensor, is_piece: Tensor) -> Tensor:
    return weights.squeeze(-1).masked_fill(~is_piece, _NEVER).softmax(-1)
