"""JSON in and out (design: the HTTP contract)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StringConstraints

QUESTION_CHARS = 1_000
# The two that JavaScript's regular expressions and Rust's do not both count as blank are named.
_NOT_BLANK = r"[^\s\u0085\ufeff]"
Kind = Literal[
    "fact", "list", "definition", "explain", "yes_no", "comparison", "lookup", "about_post", "summary", "small_talk",
    "unclear",
]  # fmt: skip
Reason = Literal["not_in_post", "off_topic", "unclear", "not_a_question"]
CitationKind = Literal["sentence", "list_item", "row", "code", "heading", "caption", "footnote", "quote", "field"]

QuestionText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=QUESTION_CHARS, pattern=_NOT_BLANK),
    Field(examples=["When was it?"]),
]


class _In(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Turn(_In):
    """One turn of the conversation so far."""

    role: Literal["user", "assistant"]
    content: Annotated[str, StringConstraints(max_length=4_000)]


def _whole(value: object) -> object:
    """A number without a fraction as an integer: JSON does not tell 5.0 from 5."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


class SearchRequest(_In):
    """A question to find passages for; `post` is a post's id or URL."""

    question: QuestionText
    post: Annotated[str, StringConstraints(max_length=2_000)] | None = None
    top_k: Annotated[int, Field(ge=1, le=20, strict=True), BeforeValidator(_whole)] = 5


class AskRequest(SearchRequest):
    """A question, with the turns before it when it is a follow-up; `literal` takes every word as it is typed."""

    history: Annotated[list[Turn], Field(max_length=20)] = []
    stream: StrictBool = False
    explain: StrictBool = False
    literal: StrictBool = False


class PostLink(BaseModel):
    """A post, and where to read it: its own address, or `/posts/{id}` of this service."""

    id: str
    path: str
    title: str
    url: str
    date: str | None


class Heading(BaseModel):
    """A heading of a post; `level` is 1 to 6."""

    text: str
    anchor: str
    level: int


class PostItem(PostLink):
    """A post with its headings."""

    headings: list[Heading]


class PostText(PostItem):
    """A post with the text that offsets of citations refer to."""

    text: str


class PostList(BaseModel):
    """All posts."""

    posts: list[PostItem]


class Citation(BaseModel):
    """A quote: `text` is the post's text from `start` to `end`, or a `field` of the post itself, without offsets."""

    n: int
    kind: CitationKind
    text: str
    start: int | None
    end: int | None
    field: str | None = None
    post: PostLink
    heading: list[str]
    anchor: str
    url: str


class PassageItem(BaseModel):
    """A passage that is near to the question; `score` is 0 to 1, higher is nearer."""

    text: str
    score: float
    post: PostLink
    heading: list[str]
    anchor: str
    url: str


class PassageList(BaseModel):
    """Passages, best first."""

    passages: list[PassageItem]


class TextPart(BaseModel):
    """Words of the template."""

    text: str


class CitePart(BaseModel):
    """The place of a quote: the number of its citation."""

    cite: int


class Confidence(BaseModel):
    """How sure the answer is: `score` and `threshold` are probabilities, 0 to 1."""

    score: float
    threshold: float
    level: Literal["high", "medium", "low"]


class AskReply(BaseModel):
    """An answer made of quotes, or the news that the post does not say."""

    id: str
    answered: bool
    reason: Reason | None
    kind: Kind
    answer: str
    parts: list[TextPart | CitePart]
    confidence: Confidence
    citations: list[Citation]
    passages: list[PassageItem]
    suggestions: list[str]
    interpreted_as: str | None
    explain: dict[str, object] | None
    took_ms: float


class Suggestions(BaseModel):
    """Questions that are answered."""

    suggestions: list[str]


class FeedbackRequest(_In):
    """What a reader thought of the reply with this id; a rating of null takes it back."""

    id: Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[\w\-]+$")]
    rating: Literal["up", "down"] | None
    reason: Literal["incorrect", "not_what_i_asked", "other"] | None = None
    note: Annotated[str, StringConstraints(max_length=1_000)] | None = None


class FieldProblem(BaseModel):
    """What is wrong with one field."""

    field: str
    message: str


class Problem(BaseModel):
    """An error (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | None = None


class Status(BaseModel):
    """Whether the service is up."""

    status: Literal["ok", "loading", "failed"]
    detail: str | None = None
