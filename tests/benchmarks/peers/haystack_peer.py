"""Haystack: `index MODEL DATA OUT` fills its in-memory store; `serve MODEL OUT PORT` answers by a hybrid pipeline."""

import json
import sys
from pathlib import Path


def index(model: str, data: str, out: str) -> None:
    """Write the documents with their embeddings as the store saves them."""
    import numpy as np
    from haystack import Document
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    texts = json.loads((Path(data) / "texts.json").read_text(encoding="utf-8"))
    vectors = np.load(Path(data) / "vectors.npy").tolist()
    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    store.write_documents([Document(content=t, embedding=v) for t, v in zip(texts, vectors, strict=True)])
    store.save_to_disk(str(Path(out) / "store.json"))


def serve(model: str, out: str, port: str) -> None:
    """POST /search with {"question"} on the port."""
    import uvicorn
    from fastapi import FastAPI
    from haystack import Pipeline
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore
    from haystack_integrations.components.embedders.sentence_transformers import SentenceTransformersTextEmbedder

    store = InMemoryDocumentStore.load_from_disk(str(Path(out) / "store.json"))
    pipeline = Pipeline()
    pipeline.add_component("embedder", SentenceTransformersTextEmbedder(model=model, progress_bar=False))
    pipeline.add_component("dense", InMemoryEmbeddingRetriever(store, top_k=10))
    pipeline.add_component("words", InMemoryBM25Retriever(store, top_k=10))
    pipeline.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=5))
    pipeline.connect("embedder.embedding", "dense.query_embedding")
    pipeline.connect("dense", "joiner")
    pipeline.connect("words", "joiner")
    if hasattr(pipeline, "warm_up"):
        pipeline.warm_up()
    app = FastAPI()

    @app.post("/search")
    def search(asked: dict[str, str]) -> list[dict[str, object]]:
        question = asked["question"]
        found = pipeline.run({"embedder": {"text": question}, "words": {"query": question}})["joiner"]["documents"]
        return [{"text": document.content, "score": document.score} for document in found]

    uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="error")


if __name__ == "__main__":
    {"index": index, "serve": serve}[sys.argv[1]](*sys.argv[2:])
