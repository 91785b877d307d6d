"""`make fuzz-posts`: broken posts for some minutes, made of pieces of every dialect and of the tests' posts.

Each has to give a post that holds together, or a clear failure, in good time. Ends with 1 when one does not, and writes
that post to a file.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from pathlib import Path

from index.chunk import chunk
from index.errors import PostError
from index.parse import Site, parse_post
from index.parse.config import GENERATORS
from index.types import Post
from service.fragments import directive
from tests.index.parse.test_properties import PIECES, check

_POSTS = Path(__file__).parents[2]
_SLOW_S = 2.0
_FAILED = Path("fuzz-failure.md")


def main(minutes: float, seed: int) -> int:
    made = random.Random(seed)
    texts = [path.read_text(encoding="utf-8") for path in sorted(_POSTS.rglob("posts/**/*.md"))]
    lines = [line + "\n" for text in texts for line in text.split("\n")]
    counts: Counter[str] = Counter()
    slowest, chars = 0.0, 0
    end = time.monotonic() + minutes * 60
    while time.monotonic() < end:
        source, generator = _source(made, texts, lines), made.choice(("", *GENERATORS))
        counts["posts"] += 1
        chars += len(source)
        started = time.process_time()
        try:
            parsed = parse_post("p.md", source.encode(errors="surrogatepass"), Site(Path("/nowhere"), generator))
            if parsed.post:
                _hold(parsed.post)
                counts["parsed"] += 1
            else:
                counts["left out"] += 1
        except PostError:
            counts["refused"] += 1
        except Exception:
            _FAILED.write_text(source, encoding="utf-8", errors="surrogateescape")
            print(f"{generator or 'no generator'}, seed {seed}, post {counts['posts']}: see {_FAILED}", file=sys.stderr)
            raise
        taken = time.process_time() - started
        slowest = max(slowest, taken)
        if taken > _SLOW_S:
            _FAILED.write_text(source, encoding="utf-8", errors="surrogateescape")
            print(f"{generator or 'no generator'}: {taken:.1f} s for {len(source):,} characters: see {_FAILED}")
            return 1
    print(f"{dict(counts)}, {chars / 1e6:.1f} million characters, slowest {slowest:.2f} s, seed {seed}")
    return 0


def _source(made: random.Random, texts: list[str], lines: list[str]) -> str:
    match made.randrange(4):
        case 0:
            return "".join(made.choices(PIECES, k=made.randrange(1, 200)))
        case 1:
            return "".join(made.choices([*PIECES, *lines], k=made.randrange(1, 150)))
        case 2:
            # Pieces put into a post at random.
            text = made.choice(texts)
            for _ in range(made.randrange(1, 12)):
                at = made.randrange(len(text) + 1)
                text = text[:at] + made.choice(PIECES) + text[at + made.randrange(20) :]
            return text
        case _:
            return "".join(made.choices(PIECES, k=made.randrange(1, 8))) * made.randrange(1, 400)


def _hold(post: Post) -> None:
    """Blocks cover the text, passages cover the blocks, and every quote is a slice that can be linked."""
    check(post)
    at = 0
    for passage in chunk(post):
        assert post.text[passage.start : passage.end] == passage.text
        for sentence in passage.sentences:
            assert at <= sentence.start < sentence.end
            assert not post.text[at : sentence.start].strip()
            assert post.text[sentence.start : sentence.end] == passage.quote(sentence)
            at = sentence.end
    assert not post.text[at:].strip()
    for section in post.sections[:3]:
        assert directive(post, section.start, section.end).isascii()


if __name__ == "__main__":
    arguments = [*sys.argv[1:], *("5", str(random.randrange(10**6)))[len(sys.argv) - 1 :]]
    sys.exit(main(float(arguments[0]), int(arguments[1])))
