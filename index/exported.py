"""The exported encoder for a few changed passages: they are embedded before torch would be imported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tokenizers import Tokenizer

from index.encode import TOKENIZER_FILE, OnnxEncoder
from index.pieces import join, split
from index.types import Encoding


class ExportedEncoder:
    """Gives what `PassageEncoder` gives, within 1e-5; slower for each text, and ready in half a second."""

    def __init__(self, folder: Path) -> None:
        self._encoder = OnnxEncoder(folder)
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._room = self._encoder.settings.max_tokens - self._tokenizer.num_special_tokens_to_add(False)

    def encode(self, texts: Sequence[str]) -> Iterator[Encoding]:
        """One encoding for each text, in order; a text longer than the model takes is read in pieces."""
        return join(
            (number, replace(encoding, spans=encoding.spans + offset))
            for number, text in enumerate(texts)
            for offset, piece in split(text, self._tokenizer.encode(text, add_special_tokens=False), self._room)
            for encoding in self._encoder.encode([piece])
        )
