"""Question → query vector and token vectors, by ONNX Runtime on one thread: ready in half a second, without torch."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from index.session import open_session
from index.types import Encoding
from index.vectors import unit_rows

Precision: TypeAlias = Literal["int8", "float32"]
DEFAULT_PRECISION: Precision = "int8"

MODEL_FILE = "model.onnx"
# The same graph, which multiplies with 8 bits: in half to three quarters of the time, and with vectors at a
# cosine of .999 to the exact ones. There is none where rounding does more than that to a model.
ROUNDED_FILE = "model.int8.onnx"
TOKENIZER_FILE = "tokenizer.json"
SETTINGS_FILE = "encoder.json"
# Of the way in which the graphs are written: what was written in another still works, and is slower.
_WRITTEN = 3


@dataclass(frozen=True, slots=True)
class EncoderSettings:
    """What the exported encoder takes: at most `max_tokens` word pieces, the special ones included.

    `cross`: the digest of what the cross-encoder has learned that was exported with it; "" for none. `written`: the
    number of the way in which the graphs were written.
    """

    max_tokens: int
    dimensions: int
    inputs: tuple[str, ...]
    cross: str = ""
    written: int = _WRITTEN

    def save(self, folder: Path) -> None:
        (folder / SETTINGS_FILE).write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> EncoderSettings:
        read = json.loads((folder / SETTINGS_FILE).read_text(encoding="utf-8"))
        inputs = tuple(read["inputs"])
        return cls(read["max_tokens"], read["dimensions"], inputs, read.get("cross", ""), read.get("written", 1))


def as_exported_now(folder: Path, cross: str) -> bool:
    """Whether the graphs in the folder are as they would be exported now.

    :param cross: the digest of what the cross-encoder has learned; "" for none.
    """
    if not (folder / SETTINGS_FILE).is_file():
        return not cross
    settings = EncoderSettings.load(folder)
    return (settings.cross, settings.written) == (cross, _WRITTEN)


def weights_of(graph: Path) -> Path:
    """Where a graph keeps its weights: beside it, from where they are mapped into memory, for all processes once."""
    return graph.with_suffix(".weights")


class OnnxEncoder:
    """The encoder that `embed` exported; in float32 it gives the same vectors within 1e-5.

    :param precision: float32 takes the place of int8 where the folder has no such graph.
    """

    def __init__(self, folder: Path, precision: Precision = "float32") -> None:
        from tokenizers import Tokenizer

        self.settings = EncoderSettings.load(folder)
        graph = folder / (ROUNDED_FILE if precision == "int8" else MODEL_FILE)
        self._session = open_session(graph if graph.exists() else folder / MODEL_FILE)
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        # The tokenizer that models ship may cut and pad at 128, whatever the model takes.
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(self.settings.max_tokens)

    def knows(self, word: str) -> bool:
        """Whether the word, in lower case, is one piece of the model's vocabulary."""
        return self._tokenizer.token_to_id(word) is not None

    def cut(self, text: str) -> list[int]:
        """The text's word pieces without the special ones, as many as the model takes."""
        pieces: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return pieces

    def encode(self, texts: Sequence[str]) -> Iterator[Encoding]:
        """One encoding for each text, in order; what a question says beyond the model's length is not read."""
        for text in texts:
            read = self._tokenizer.encode(text)
            feed = self._feed(read.ids)
            vector, tokens = self._session.run(None, feed)
            own = np.array(read.special_tokens_mask) == 0
            yield Encoding(
                vector=vector[0],
                tokens=unit_rows(tokens[0][own]),
                pieces=feed["input_ids"][0][own],
                spans=np.array(read.offsets, dtype=np.int64).reshape(-1, 2)[own],
            )

    def feed(self, text: str) -> dict[str, NDArray[np.int64]]:
        """What the graph is given to read the text, by the names of its inputs, (1, pieces) each."""
        return self._feed(self._tokenizer.encode(text).ids)

    def _feed(self, pieces: Sequence[int]) -> dict[str, NDArray[np.int64]]:
        ids = np.array([pieces], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        return {name: feed[name] for name in self.settings.inputs}
