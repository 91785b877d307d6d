"""The script of every tutorial: sentence-transformers, a flat FAISS index, the texts in a list; no word search.

`index MODEL DATA OUT` writes it, `serve MODEL OUT PORT` answers.
"""

import json
import shutil
import sys
from pathlib import Path


def index(model: str, data: str, out: str) -> None:
    """Write the index, with the texts beside it."""
    import faiss
    import numpy as np

    vectors = np.load(Path(data) / "vectors.npy")
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(vectors)
    faiss.write_index(flat, str(Path(out) / "vectors.faiss"))
    shutil.copy(Path(data) / "texts.json", Path(out) / "texts.json")


def serve(model: str, out: str, port: str) -> None:
    """POST /search with {"question"} on the port."""
    import faiss
    import uvicorn
    from fastapi import FastAPI
    from sentence_transformers import SentenceTransformer

    encoder = SentenceTransformer(model, device="cpu")
    flat = faiss.read_index(str(Path(out) / "vectors.faiss"))
    texts = json.loads((Path(out) / "texts.json").read_text(encoding="utf-8"))
    app = FastAPI()

    @app.post("/search")
    def search(asked: dict[str, str]) -> list[dict[str, object]]:
        vector = encoder.encode([asked["question"]], normalize_embeddings=True, show_progress_bar=False)
        scores, rows = flat.search(vector, 5)
        return [{"text": texts[row], "score": float(score)} for row, score in zip(rows[0], scores[0], strict=True)]

    uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="error")


if __name__ == "__main__":
    {"index": index, "serve": serve}[sys.argv[1]](*sys.argv[2:])
