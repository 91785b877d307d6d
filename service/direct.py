"""What answers without that sentences are weighed: fields of a post, a section, a caption, the posts of the blog."""

from __future__ import annotations

from dataclasses import dataclass, replace

from index import Ranking, Retriever
from service import about
from service.beginning import beginning
from service.byline import byline
from service.caption import caption_of
from service.catalogue import AskedPosts, list_posts, posts_about
from service.evidence import Evidence
from service.heading import answering_heading
from service.kind import Kind
from service.question import Question, understand
from service.rank import rank
from service.section import AskedSection, find_section, short_section
from service.select import select_item
from service.sentences import Sources
from service.talk import talk_of
from service.titled import about_this_post

# Among so many passages are those of the posts about something.
_LOOKED_THROUGH = 30


@dataclass(frozen=True, slots=True)
class Found:
    """What answers the question, as it is then understood; `evidence` is None where it is known that nothing does."""

    question: Question
    evidence: Evidence | None


class Direct:
    """Looks up what questions name, in the posts of one index."""

    def __init__(self, retriever: Retriever, source: Sources) -> None:
        """:param source: gives the post with an id."""
        self._retriever = retriever
        self._source = source

    def before_retrieval(self, question: Question, post: str | None, scope: str | None) -> Found | None:
        """What is asked of the blog, or of a post itself; None where the sentences are to tell.

        :param post: the id of the post that is asked, if it is one.
        :param scope: the same, or the only post that there is.
        """
        if question.posts and not post and (listed := self._of_blog(question.posts)):
            return Found(question, listed)
        if not scope:
            return None
        if not question.topic:
            return self._of_titled(question, scope)
        if evidence := self._about(question, scope):
            shown_as: Kind = "list" if question.kind == "summary" and evidence.layout == "list" else question.kind
            return Found(replace(question, kind=shown_as), evidence)
        if question.kind == "about_post" and not about.may_be_else(question):
            return Found(question, None)
        return None

    def in_hits(self, question: Question, ranking: Ranking, scope: str | None) -> Found | None:
        """The section that the question names."""
        return self._of_section(question, question.section, ranking, scope) if question.section else None

    def item(self, question: Question, ranking: Ranking) -> Evidence | None:
        """The item that is asked for by its place alone: the words of “what is step 3?” are hardly in any sentence."""
        return select_item(question, ranking, self._source)

    def caption(self, question: Question, post: str) -> Evidence | None:
        """The caption of the picture that is asked for."""
        return caption_of(question.caption, self._source(post)) if question.caption else None

    def where_none_says(self, question: Question, post: str) -> Evidence | None:
        """The heading, or the item of a programme, that answers by itself, where no sentence does."""
        own = self._source(post)
        if section := answering_heading(question, own.card.title, own.post.sections):
            return Evidence("sentences", (own.title(section),))
        return talk_of(question.text, own)

    def _of_blog(self, asked: AskedPosts) -> Evidence | None:
        """The posts that are asked for, by their titles."""
        cards = self._retriever.generation.cards
        if not asked.about:
            return list_posts(asked, cards.values())
        return posts_about(asked, self._retriever.retrieve(asked.about, None, _LOOKED_THROUGH).hits, cards)

    def _of_titled(self, question: Question, post: str) -> Found | None:
        """What is asked of the post itself by the words of its title, as far as its fields tell."""
        plain = about_this_post(question.text, self._retriever.generation.cards[post].title)
        if not plain:
            return None
        asked = replace(understand(plain), interpreted_as=question.interpreted_as)
        evidence = self._about(asked, post)
        return Found(asked, evidence) if evidence else None

    def _about(self, question: Question, post: str) -> Evidence | None:
        own = self._source(post)
        if question.kind != "summary":
            return about.describe(question, own.card, own.post) or byline(question, own)
        if (short := short_section(question.text, own.post.sections)) and (told := beginning(own, short)):
            return told
        ranking = self._retriever.retrieve(about.gist(own.post), post)
        return about.summarise(question, own, rank(question, ranking))

    def _of_section(self, question: Question, asked: AskedSection, ranking: Ranking, scope: str | None) -> Found | None:
        """What the section says that the question names, or the post, when it names one by its title."""
        if not (asked.name or scope):
            # Each post has its own conclusion.
            return None
        posts = (scope,) if scope else dict.fromkeys(hit.passage.post for hit in ranking.hits)
        for own in map(self._source, posts):
            section = find_section(asked, own.post.sections)
            if section and (evidence := beginning(own, section, running=not asked.name)):
                kind: Kind = "list" if evidence.layout == "list" else "summary"
                return Found(replace(question, kind=kind), evidence)
        cards = self._retriever.generation.cards.values()
        named = next((card for card in cards if card.title.casefold() == asked.name), None)
        if named is None or scope not in (None, named.id):
            return None
        summary = replace(question, kind="summary")
        told = self._about(summary, named.id)
        return Found(summary, told) if told else None
