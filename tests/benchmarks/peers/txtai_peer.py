"""txtai: `index MODEL DATA OUT` makes a hybrid index with stored texts; txtai's own API serves it."""

import json
import sys
from pathlib import Path

import numpy as np
from txtai import Embeddings
from txtai.vectors import HFVectors

_, what, model, data, out = sys.argv
assert what == "index"
texts = json.loads((Path(data) / "texts.json").read_text(encoding="utf-8"))
vectors = dict(zip(texts, np.load(Path(data) / "vectors.npy"), strict=True))
# The passages are embedded already, by the same model; embedding them anew would take most of an hour.
HFVectors.encode = lambda self, data, category=None: np.array([vectors[text] for text in data])
embeddings = Embeddings(path=model, content=True, hybrid=True)
embeddings.index(texts)
embeddings.save(out)
(Path(out) / "api.yml").write_text(f"path: {out}\nwritable: false\nembeddings:\n  path: {model}\n", encoding="utf-8")
