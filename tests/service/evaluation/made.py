"""Questions, replies and outcomes as tests need them."""

from __future__ import annotations

from service.evaluation.ask import Outcome
from service.evaluation.judge import Verdict
from service.evaluation.questions import Asked
from service.schemas import AskReply, Citation, Confidence, PostLink

TEXT = "Minka hid in the shed. The skiff cost 240 euros. It is red."
_POST = PostLink(id="boats", path="boats.md", title="Boats", url="/posts/boats", date=None)


def asked(
    kind: str = "fact", *, some: tuple[str, ...] = ("240 euros",), every: tuple[str, ...] = (), name: str = "q"
) -> Asked:
    """A question about the skiff; one of a declined kind wants no string."""
    answerable = kind not in {"unanswerable", "offtopic", "squad-impossible"}
    return Asked(name, ("How much?",), kind, answerable, every, some if answerable else (), None)


def cited(text: str, start: int | None = None, *, n: int = 1, url: str = "/posts/boats#a") -> Citation:
    """A citation of the text, where it stands unless told otherwise."""
    begin = TEXT.index(text) if start is None else start
    return Citation(
        n=n, kind="sentence", text=text, start=begin, end=begin + len(text), post=_POST, heading=[], anchor="a", url=url
    )


def reply(answer: str, *citations: Citation) -> AskReply:
    """An answer when it cites, else a refusal."""
    return AskReply(
        id="x", answered=bool(citations), reason=None if citations else "not_in_post", kind="fact", answer=answer,
        parts=[], confidence=Confidence(score=0.5, threshold=0.4, level="medium"), citations=list(citations),
        passages=[], suggestions=[], interpreted_as=None, explain=None, took_ms=1.0,
    )  # fmt: skip


def outcome(kind: str, verdict: Verdict, score: float | None = 0.5, *, name: str = "q", words: int = 10) -> Outcome:
    """An outcome, at rank 1; a millisecond for ten words."""
    one = asked(kind, name=name)
    right = one.answerable and verdict == "correct"
    return Outcome(one, verdict, "said", score=score, threshold=0.4, right=right, rank=1, words=words, ms=words / 10)
