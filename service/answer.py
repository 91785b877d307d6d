"""The program that answers: question → retrieve → select → abstain → compose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from index import Generation, Heading, Hit, Manifest, PostCard, Ranking, Retriever, words
from service.abstain import Decision, Reason, certain, decide, doubtful, read_closely_by
from service.closely import read_closely
from service.compose import Composed, Composer
from service.direct import Direct
from service.evidence import Evidence, Source
from service.never_named import never_named
from service.question import Question, understand
from service.rank import Candidate, rank
from service.reader import Reader, Reading
from service.rows import lacks_year
from service.select import select
from service.signals import Signals, measure
from service.stopwatch import Stopwatch
from service.suggested import suggested
from service.this_year import without_year
from service.together import Asked, kind_of_all, together

_KEPT_POSTS = 64
_CLOSEST_SECTIONS = 2
_HEADING_WORDS = 12
# What a passage says of the question's words at least, where the question is about the posts.
_SAID = 0.3


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a question, with all that it rests on. `decision.answers` tells whether it is an answer.

    `stages`: the seconds that each stage took.
    """

    question: Question
    decision: Decision
    composed: Composed
    hits: tuple[Hit, ...]
    suggestions: tuple[str, ...]
    signals: Signals | None
    reading: Reading | None
    took_ms: float
    stages: Mapping[str, float]

    @property
    def reason(self) -> Reason | None:
        """Why there is no answer."""
        return self.decision.reason


@dataclass(frozen=True, slots=True)
class _Looked:
    """What came of a question: with `evidence` it is answered, without it declined.

    `hits` are what retrieval came up with, if it was asked; `shown` as many of them as are wanted; `best` is the
    sentence that it was decided by.
    """

    question: Question
    decision: Decision
    evidence: Evidence | None = None
    hits: tuple[Hit, ...] = ()
    shown: tuple[Hit, ...] = ()
    signals: Signals | None = None
    reading: Reading | None = None
    best: str = ""


class Answerer:
    """Answers questions about the posts of one index; keeps no conversation. Safe to use from several threads."""

    def __init__(self, retriever: Retriever, composer: Composer | None = None, threshold: float | None = None) -> None:
        self.retriever = retriever
        self._composer = composer or Composer()
        self._threshold = threshold
        self._reader = Reader.of(retriever.generation)
        self._cross = retriever.cross if retriever.cross and retriever.cross.digest == read_closely_by() else None
        # Bound to the generation and not to this object, which so dies, with all it holds, once it is replaced.
        self.source = lru_cache(_KEPT_POSTS)(partial(_source, retriever.generation))
        self._direct = Direct(retriever, self.source)

    def ask(
        self,
        text: str,
        post: str | None = None,
        history: Sequence[str] = (),
        *,
        literal: bool = False,
        passages: int = 0,
    ) -> Answer:
        """The answer to a question about the post with this id, or about all.

        :param history: what the reader asked before, oldest first.
        :param literal: takes every word as it is typed.
        :param passages: how many hits are wanted; the answer is the same for any number.
        :raises KeyError: when there is no such post.
        """
        watch = Stopwatch()
        question = understand(text, history, str if literal else self.retriever.correct)
        watch.lap("understand")
        if question.parts and (answer := self._answer_each(question, post, passages, watch)):
            return answer
        looked = self._look(question, post, passages, watch)
        if looked.evidence is None:
            return self._decline(looked, post, watch)
        return self._compose(looked, [(looked.question, looked.evidence)], watch)

    def _answer_each(self, question: Question, post: str | None, passages: int, watch: Stopwatch) -> Answer | None:
        """The answers to the questions that it is made of; None when none has one, or they have no room."""
        looked = [self._look(part, post, passages, watch) for part in question.parts]
        shown = together([(one.question, one.evidence) for one in looked])
        if shown is None:
            return None
        # It is as sure as the least sure of them.
        least = min((one for one in looked if one.evidence), key=lambda one: one.decision.score)
        whole = replace(question, kind=kind_of_all(shown))
        return self._compose(replace(least, question=whole), shown, watch)

    def _look(self, question: Question, post: str | None, passages: int, watch: Stopwatch) -> _Looked:
        """What the posts say to the question."""
        if question.kind in ("small_talk", "unclear"):
            why: Reason = "not_a_question" if question.topic else "unclear"
            return _Looked(question, certain(why, self._threshold))
        scope = post or self._only_post()
        if found := self._direct.before_retrieval(question, post, scope):
            missing: Reason | None = None if found.evidence else "not_in_post"
            return _Looked(found.question, certain(missing, self._threshold), found.evidence)
        if scope and (said := self._look_at_picture(question, scope, passages, watch)):
            return said
        encoding = self.retriever.encode(question.text)
        watch.lap("encode")
        ranking = self.retriever.retrieve(question.text, post, encoding=encoding)
        shown = ranking.hits
        if len(shown) < min(passages, len(self.retriever.generation.rows(post))):
            shown = self.retriever.retrieve(question.text, post, passages, encoding=encoding).hits
        watch.lap("retrieve")
        if found := self._direct.in_hits(question, ranking, scope):
            watch.lap("select")
            known = certain(None, self._threshold)
            return _Looked(found.question, known, found.evidence, ranking.hits, shown)
        if scope and self._threshold is None and (item := self._direct.item(question, ranking)):
            watch.lap("select")
            return _Looked(question, certain(None), item, ranking.hits, shown)
        return self._weigh(question, ranking, shown, scope, passages, watch)

    def _weigh(
        self,
        question: Question,
        ranking: Ranking,
        shown: tuple[Hit, ...],
        scope: str | None,
        passages: int,
        watch: Stopwatch,
    ) -> _Looked:
        """What the best sentence of the hits says, if it is likely enough that it answers."""
        ranked = rank(question, ranking)
        watch.lap("rank")
        signals = self._measure(question, ranking, ranked)
        watch.lap("measure")
        reading = self._reader.read(ranking, ranked) if self._reader and ranked else None
        watch.lap("read")
        if signals and reading and self._cross and doubtful(signals, reading, self._threshold):
            closely = read_closely(self._cross, question.text, ranked, reading, self.cards)
            reading = replace(reading, closely=closely)
            watch.lap("read_closely")
        decision = decide(signals, reading, self._threshold)
        if decision.answers and self._threshold is None and self._lacks_what_is_named(question, ranked[0]):
            decision = certain("not_in_post")
        # A post may call the year of the question “this year”: then it is looked for without.
        if scope and (again := self._look_this_year(question, scope, passages, watch)):
            named = any(one in ranked[0].text for one in question.exact if ranked)
            if not named or again.decision.score > decision.score:
                return again
        if decision.answers:
            evidence = select(question, ranking, ranked, self.source, reading)
            watch.lap("select")
            return _Looked(question, decision, evidence, ranking.hits, shown, signals, reading, ranked[0].text)
        if scope and self._threshold is None and (listed := self._direct.where_none_says(question, scope)):
            return _Looked(question, certain(None), listed, ranking.hits, shown, signals, reading)
        said = signals is not None and signals.said >= _SAID
        if question.topic or question.here or said or self._names_what_it_is_about(question, ranking):
            # It is about the post, however far that is from what the post is about.
            decision = replace(decision, reason="not_in_post")
        return _Looked(question, decision, None, ranking.hits, shown, signals, reading)

    def rank(self, text: str, post: str | None = None) -> Ranking:
        """The passages that may answer the stand-alone question, best first.

        :raises KeyError: when there is no such post.
        """
        return self.retriever.retrieve(text, post)

    def close(self) -> None:
        """Let go of the index; nothing may be asked any more."""
        self.source.cache_clear()
        self.retriever.close()

    @property
    def manifest(self) -> Manifest:
        """What the index holds."""
        return self.retriever.generation.manifest

    @property
    def generation(self) -> str:
        """The name of the generation that answers."""
        return self.retriever.generation.folder.name

    @property
    def cards(self) -> Mapping[str, PostCard]:
        """The posts by id, in order."""
        return self.retriever.generation.cards

    def headings(self) -> Iterator[tuple[PostCard, tuple[Heading, ...]]]:
        """Each post with its headings, in order."""
        return self.retriever.generation.headings()

    def search(self, text: str, post: str | None, limit: int) -> tuple[Hit, ...]:
        """At most `limit` passages for the question, best first, whether or not they answer it.

        :raises KeyError: when there is no such post.
        """
        return self.retriever.retrieve(self.retriever.correct(text), post, limit).hits[:limit]

    def suggest(self, post: str | None, hits: Sequence[Hit] = ()) -> tuple[str, ...]:
        """A few questions that are answered: by the post, else by the posts that the hits are from, else by any."""
        return suggested(self.retriever.generation, post, hits)

    def _only_post(self) -> str | None:
        return next(iter(self.cards)) if len(self.cards) == 1 else None

    def _lacks_what_is_named(self, question: Question, best: Candidate) -> bool:
        """Whether the post has nothing of that year, version or name, whatever it says of another."""
        own = self.source(best.hit.passage.post)
        return never_named(question.text, own) or lacks_year(question, best, self.source)

    def _look_at_picture(self, question: Question, post: str, passages: int, watch: Stopwatch) -> _Looked | None:
        """The caption of the picture that is asked for; where none says it, what stands there as running text."""
        asked = question.caption
        if asked is None:
            return None
        if self._threshold is None and (caption := self._direct.caption(question, post)):
            return _Looked(question, certain(None), caption)
        if not (asked.worded and asked.of):
            return None
        # The words at the picture are asked for once.
        rest = replace(understand(asked.of), caption=None)
        found = self._look(rest, post, passages, watch)
        return replace(found, question=question) if found.evidence else None

    def _look_this_year(self, question: Question, post: str, passages: int, watch: Stopwatch) -> _Looked | None:
        """What the post says of the year of the question without naming it."""
        card = self.cards[post]
        asked = without_year(question.text, card.title, card.date)
        if not asked:
            return None
        found = self._look(understand(asked.question), post, passages, watch)
        return replace(found, question=question) if found.evidence and asked.is_meant(found.best) else None

    def _names_what_it_is_about(self, question: Question, ranking: Ranking) -> bool:
        """Whether a word of the question stands in the title or a heading of the nearest passage."""
        if not ranking.hits:
            return False
        passage = ranking.hits[0].passage
        return not set(question.words).isdisjoint(words(" ".join((self.cards[passage.post].title, *passage.heading))))

    def _measure(self, question: Question, ranking: Ranking, ranked: Sequence[Candidate]) -> Signals | None:
        if not ranked:
            return None
        return measure(question, ranking, ranked, self.cards[ranked[0].hit.passage.post].title)

    def _compose(self, looked: _Looked, asked: Sequence[Asked], watch: Stopwatch) -> Answer:
        quoted = {quote.post.id for _, evidence in asked if evidence for quote in evidence.quotes}
        composed = self._composer.answer(asked, {post: self.source(post).post for post in quoted})
        watch.lap("compose")
        return _answer(looked, composed, (), watch)

    def _decline(self, looked: _Looked, post: str | None, watch: Stopwatch) -> Answer:
        passages = [hit.passage for hit in looked.hits if hit.passage.heading]
        # The title, where a post has it as a heading too, says nothing of a section.
        headings = dict.fromkeys(
            _shortened(passage.heading[-1])
            for passage in passages
            if passage.heading[-1] != self.cards[passage.post].title
        )
        scope = post or self._only_post()
        # None where nothing was looked for.
        closest = list(headings)[:_CLOSEST_SECTIONS] if looked.hits else None
        composed = self._composer.refusal(
            looked.question, looked.decision.reason or "not_in_post", closest, several=scope is None
        )
        suggestions = self.suggest(post, looked.hits)
        watch.lap("compose")
        return _answer(looked, composed, suggestions, watch)


def _shortened(heading: str) -> str:
    """The heading, or as many of its words as are enough to find it."""
    typed = heading.split()
    return heading if len(typed) <= _HEADING_WORDS else f"{' '.join(typed[:_HEADING_WORDS])} …"


def _answer(looked: _Looked, composed: Composed, suggestions: tuple[str, ...], watch: Stopwatch) -> Answer:
    return Answer(
        looked.question,
        looked.decision,
        composed,
        looked.shown,
        suggestions,
        looked.signals,
        looked.reading,
        watch.ms,
        watch.stages,
    )


def _source(generation: Generation, post: str) -> Source:
    found = generation.post(post)
    if found is None:
        raise KeyError(post)
    return Source(generation.cards[post], found)
