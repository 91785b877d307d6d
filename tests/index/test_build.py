"""Building: what is embedded again and what is not, and what bad input leads to."""

from __future__ import annotations

import gc
import re
import socket
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from index import (
    AskpostError,
    BuildSettings,
    ContentError,
    IndexMissingError,
    ModelError,
    Report,
    build_index,
    live_generation,
)
from index.chunk import ChunkSettings, chunk
from index.store import open_index
from index.store.finished import FILE
from index.types import Encoding, Passage, Post
from tests.fakes import WordEncoder, stand_in_model


@pytest.fixture
def settings(blog: Path, tmp_path: Path) -> BuildSettings:
    return BuildSettings(blog, tmp_path / "index", model=str(stand_in_model(tmp_path / "model")))


def build(settings: BuildSettings) -> tuple[Report, list[str]]:
    """The report, and the texts that were embedded."""
    encoder = WordEncoder()
    report = build_index(settings, load_encoder=lambda folder: encoder)
    assert report.embedded == len(encoder.texts)
    return report, encoder.texts


def never(folder: Path) -> WordEncoder:
    raise AssertionError("the encoder was loaded")


def test_a_first_build_embeds_every_passage_once(settings: BuildSettings) -> None:
    report, texts = build(settings)

    assert report.published
    assert (report.posts, report.reused, report.failed) == (3, 0, ())
    assert report.passages == report.embedded == len(open_index(settings.index))
    assert len(set(texts)) == len(texts)
    generation = live_generation(settings.index)
    assert report.size_bytes == sum(f.stat().st_size for f in generation.rglob("*") if f.is_file())


def test_a_passage_is_embedded_below_its_title_and_headings(settings: BuildSettings) -> None:
    _, texts = build(settings)
    assert "Moving house with a cat\nThe cat\n\nMinka stayed in the bathroom" in "\n".join(texts)


def test_an_unchanged_blog_embeds_nothing_and_publishes_nothing(settings: BuildSettings) -> None:
    first, _ = build(settings)
    before = live_generation(settings.index)

    again = build_index(settings, load_encoder=never)

    assert not again.published
    assert (again.embedded, again.reused, again.passages) == (0, first.passages, first.passages)
    assert live_generation(settings.index) == before


def test_an_edited_post_embeds_only_its_changed_passages(settings: BuildSettings) -> None:
    build(settings)
    post = settings.content / "moving-house.md"
    post.write_text(post.read_text(encoding="utf-8").replace("two days", "three days"), encoding="utf-8")

    report, texts = build(settings)

    assert report.published
    assert report.embedded == 1
    assert "three days" in texts[0]
    assert report.reused == report.passages - 1


def test_passages_that_moved_are_not_embedded_again(settings: BuildSettings) -> None:
    build(settings)
    post = settings.content / "moving-house.md"
    text = post.read_text(encoding="utf-8").replace("## The cat", "## Before\n\nOne new section.\n\n## The cat")
    post.write_text(text, encoding="utf-8")

    report, texts = build(settings)

    assert report.embedded == 1
    assert "One new section." in texts[0]
    generation = open_index(settings.index)
    stored = generation.post("moving-house")
    assert stored is not None
    for row in generation.rows("moving-house"):
        passage = generation.passage(row)
        assert stored.text[passage.start : passage.end] == passage.text


def test_what_was_taken_over_equals_what_is_embedded_anew(settings: BuildSettings, tmp_path: Path) -> None:
    build(settings)
    (settings.content / "a-first.md").write_text("# First\n\nA new post before all others.", encoding="utf-8")
    build(settings)
    fresh = BuildSettings(settings.content, tmp_path / "fresh", model=settings.model)
    build(fresh)

    taken, anew = open_index(settings.index), open_index(fresh.index)
    assert len(taken) == len(anew)
    for row in range(len(anew)):
        assert taken.passage(row) == anew.passage(row)
        assert taken.tokens([row])[0].tolist() == anew.tokens([row])[0].tolist()
        assert taken.tokens([row])[1].tolist() == anew.tokens([row])[1].tolist()
        assert taken.pieces(row).tolist() == anew.pieces(row).tolist()
    assert taken.piece_weights.tolist() == anew.piece_weights.tolist()


def test_a_removed_post_is_gone(settings: BuildSettings) -> None:
    build(settings)
    (settings.content / "moving-house.md").unlink()

    report, texts = build(settings)

    assert (report.posts, texts) == (2, [])
    assert set(open_index(settings.index).cards) == {"learning-to-row", "kitchen--espresso-notes"}


def test_a_renamed_post_has_its_new_id_and_embeds_nothing(settings: BuildSettings) -> None:
    build(settings)
    (settings.content / "moving-house.md").rename(settings.content / "house-and-cat.md")

    report, texts = build(settings)

    assert report.published
    assert texts == []
    generation = open_index(settings.index)
    assert "moving-house" not in generation.cards
    assert {generation.passage(row).post for row in generation.rows("house-and-cat")} == {"house-and-cat"}


def test_posts_whose_ids_would_be_the_same_are_told_apart(settings: BuildSettings) -> None:
    (settings.content / "kitchen--espresso-notes.md").write_text("# Twin\n\nAnother post.", encoding="utf-8")
    build(settings)

    generation = open_index(settings.index)
    ids = {card.path: card.id for card in generation.cards.values()}
    twins = [ids["kitchen/espresso-notes.md"], ids["kitchen--espresso-notes.md"]]
    assert len(set(twins)) == 2
    assert all(twin.startswith("kitchen--espresso-notes-") for twin in twins)
    for post in twins:
        assert {generation.passage(row).post for row in generation.rows(post)} == {post}


def test_another_model_embeds_everything_again(settings: BuildSettings, tmp_path: Path) -> None:
    first, _ = build(settings)
    other = BuildSettings(settings.content, settings.index, model=str(stand_in_model(tmp_path / "model2", "other")))

    report, _ = build(other)

    assert report.embedded == first.embedded
    assert open_index(settings.index).manifest.model == other.model


def test_a_new_address_of_the_blog_embeds_nothing(settings: BuildSettings) -> None:
    build(settings)
    moved = BuildSettings(settings.content, settings.index, settings.model, site_url="https://blog.example")

    report, texts = build(moved)

    assert report.published
    assert texts == []
    assert all(card.url.startswith("https://blog.example/") for card in open_index(settings.index).cards.values())


def test_drafts_are_left_out_and_counted(settings: BuildSettings) -> None:
    (settings.content / "later.md").write_text("---\ndraft: true\n---\nNot yet.", encoding="utf-8")
    report, _ = build(settings)
    assert report.posts == 3
    assert dict(report.left_out) == {"draft": 1}


def test_progress_ends_at_its_total(settings: BuildSettings) -> None:
    told: dict[str, list[tuple[int, int]]] = {}
    build_index(settings, lambda stage, *counts: told.setdefault(stage, []).append(counts), WordEncoder)
    assert told
    for counts in told.values():
        done = [count[0] for count in counts]
        assert done == sorted(done)
        assert counts[-1][0] == counts[-1][1] > 0


BAD_POSTS = [
    ("latin1.md", b"caf\xe9 au lait", r"latin1\.md.*UTF-8"),
    ("matter.md", b"---\ntitle: [unclosed\n---\nText.", r"matter\.md.*front matter"),
    ("open.md", b"---\ntitle: never closed\nText.", r"open\.md.*front matter"),
]


@pytest.mark.parametrize(("name", "source", "message"), BAD_POSTS)
def test_a_bad_post_among_good_ones_is_named_and_left_out(
    settings: BuildSettings, name: str, source: bytes, message: str
) -> None:
    (settings.content / name).write_bytes(source)
    report, _ = build(settings)

    assert report.posts == 3
    (failure,) = report.failed
    assert "\n" not in failure
    assert re.search(message, failure)


@pytest.mark.parametrize(("name", "source", "message"), BAD_POSTS)
def test_a_blog_of_one_bad_post_is_refused_with_one_line(
    tmp_path: Path, name: str, source: bytes, message: str
) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (content / name).write_bytes(source)
    with pytest.raises(ContentError, match=message) as caught:
        build_index(BuildSettings(content, tmp_path / "index"), load_encoder=never)
    assert "\n" not in str(caught.value)


def test_a_post_that_went_bad_keeps_its_last_good_version(settings: BuildSettings) -> None:
    build(settings)
    (settings.content / "moving-house.md").write_bytes(b"---\ntitle: [\n---\nNew.")
    (settings.content / "new.md").write_text("# New\n\nA good new post.", encoding="utf-8")

    report, texts = build(settings)

    assert len(report.failed) == 1
    assert len(texts) == 1
    cards = open_index(settings.index).cards
    assert cards["moving-house"].title == "Moving house with a cat"
    assert "new" in cards


def test_a_post_that_went_bad_changes_nothing_when_all_else_is_the_same(settings: BuildSettings) -> None:
    build(settings)
    (settings.content / "moving-house.md").write_bytes(b"\xff\xfe")
    report = build_index(settings, load_encoder=never)
    assert not report.published
    assert "moving-house.md" in report.failed[0]


def test_no_content_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="nowhere"):
        build_index(BuildSettings(tmp_path / "nowhere", tmp_path / "index"), load_encoder=never)


def test_an_empty_content_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ContentError, match="empty"):
        build_index(BuildSettings(tmp_path / "empty", tmp_path / "index"), load_encoder=never)


def test_an_unknown_model_is_refused_without_a_network(
    settings: BuildSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for name in ("no-such/model", "no such model", "nothing"):
        with pytest.raises(ModelError, match=name):
            build_index(BuildSettings(settings.content, settings.index, model=name))


@pytest.mark.parametrize("error", [AskpostError("no"), KeyboardInterrupt(), MemoryError()])
def test_a_failed_build_leaves_the_live_index_and_no_draft(settings: BuildSettings, error: BaseException) -> None:
    build(settings)
    before = live_generation(settings.index)
    (settings.content / "moving-house.md").write_text("Changed.", encoding="utf-8")

    class Failing(WordEncoder):
        def encode(self, texts):  # type: ignore[no-untyped-def]
            raise error

    with pytest.raises(type(error)):
        build_index(settings, load_encoder=Failing)

    assert live_generation(settings.index) == before
    assert list((settings.index / "generations").iterdir()) == [before]
    assert open_index(settings.index).cards["moving-house"].title == "Moving house with a cat"


def test_a_failed_first_build_leaves_no_index(settings: BuildSettings) -> None:
    class Failing(WordEncoder):
        def export(self, folder: Path) -> None:
            raise ModelError("it differs")

    with pytest.raises(ModelError):
        build_index(settings, load_encoder=Failing)
    with pytest.raises(IndexMissingError):
        open_index(settings.index)


class Dying(WordEncoder):
    """Ends the build, as a kill does, when the third text is asked for."""

    def encode(self, texts: Sequence[str]) -> Iterator[Encoding]:
        for number, encoding in enumerate(super().encode(texts)):
            if number == 2:
                raise KeyboardInterrupt
            yield encoding


def test_a_build_resumes_from_what_a_killed_one_embedded(settings: BuildSettings, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        build_index(settings, load_encoder=Dying)
    rest, _ = build(settings)
    assert rest.embedded == rest.passages - 2
    assert not (settings.index / FILE).exists()

    fresh = BuildSettings(settings.content, tmp_path / "fresh", model=settings.model)
    build(fresh)
    resumed, anew = open_index(settings.index), open_index(fresh.index)
    for row in range(len(anew)):
        one, other = resumed.embedded(row), anew.embedded(row)
        assert one.vector.tolist() == other.vector.tolist()
        assert one.tokens.tolist() == other.tokens.tolist()
        assert one.starts.tolist() == other.starts.tolist()
        assert one.pieces.tolist() == other.pieces.tolist()


@pytest.mark.parametrize("cut", [1, 100])
def test_a_half_written_end_is_embedded_again(settings: BuildSettings, cut: int) -> None:
    with pytest.raises(KeyboardInterrupt):
        build_index(settings, load_encoder=Dying)
    file = settings.index / FILE
    file.write_bytes(file.read_bytes()[:-cut])
    rest, _ = build(settings)
    assert rest.embedded == rest.passages - 1


def test_what_another_model_embedded_is_not_resumed(settings: BuildSettings, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        build_index(settings, load_encoder=Dying)
    other = BuildSettings(settings.content, settings.index, model=str(stand_in_model(tmp_path / "model2", "other")))
    report, _ = build(other)
    assert report.embedded == report.passages


def test_texts_are_embedded_longest_first(settings: BuildSettings) -> None:
    build(settings)
    generation = open_index(settings.index)
    _, texts = build(BuildSettings(settings.content, settings.index.with_name("again"), model=settings.model))
    own = {generation.passage(row).text for row in range(len(generation))}
    lengths = [max(len(passage) for passage in own if text.endswith(passage)) for text in texts]
    assert lengths == sorted(lengths, reverse=True)


def test_the_rules_that_posts_were_read_by_are_counted(settings: BuildSettings) -> None:
    (settings.content / "fence.qmd").write_text("# Quarto\n\n::: {.callout-note}\nText.\n:::\n", encoding="utf-8")
    report, _ = build(settings)
    assert report.generators["quarto"] == 1
    assert sum(report.generators.values()) == report.posts == 4
    assert build(settings)[0].generators == report.generators


def test_of_the_texts_that_are_sorted_together_one_window_is_held(
    settings: BuildSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = {f"more-{number}" for number in range(30)}
    for post in ours:
        (settings.content / f"{post}.md").write_text(f"# Post {post}\n\nIts only words are {post}.\n")
    held: list[int] = []

    def counting(post: Post, wanted: ChunkSettings) -> list[Passage]:
        # Other tests may hold passages of their own.
        held.append(sum(type(thing) is Passage and thing.post in ours for thing in gc.get_objects()))
        return chunk(post, wanted)

    monkeypatch.setattr("index.build._SORTED_TEXTS", 16)
    monkeypatch.setattr("index.build.chunk", counting)
    build_index(settings, load_encoder=WordEncoder)
    assert 14 < max(held) < 24
