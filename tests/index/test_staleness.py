"""What is stale, found without the model."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from index import BuildSettings, build_index, live_generation, reading
from index import chunk as chunk_module
from index.chunk import ChunkSettings
from index.parse import parse_post
from index.staleness import check_index
from tests.fakes import WordEncoder, stand_in_model


@pytest.fixture
def settings(blog: Path, tmp_path: Path) -> BuildSettings:
    settings = BuildSettings(blog, tmp_path / "index", model=str(stand_in_model(tmp_path / "model")))
    build_index(settings, load_encoder=WordEncoder)
    return settings


def test_a_fresh_index_is_not_stale(settings: BuildSettings) -> None:
    found = check_index(settings)
    assert not found.stale
    assert found.posts == 3


def test_added_changed_and_removed_posts_are_told_apart(settings: BuildSettings) -> None:
    (settings.content / "new.md").write_text("# New\n\nText.")
    (settings.content / "moving-house.md").write_text("# Other\n\nText.")
    (settings.content / "learning-to-row.md").unlink()
    found = check_index(settings)
    assert found.stale
    assert (found.added, found.changed, found.removed) == (
        ("new.md",), ("moving-house.md",), ("learning-to-row.md",),
    )  # fmt: skip
    assert found.reasons == ()


def test_checking_writes_nothing(settings: BuildSettings) -> None:
    (settings.content / "new.md").write_text("# New\n\nText.")
    before = sorted(path.name for path in settings.index.rglob("*"))
    check_index(settings)
    assert sorted(path.name for path in settings.index.rglob("*")) == before


def test_other_settings_make_it_stale(settings: BuildSettings, tmp_path: Path) -> None:
    assert check_index(replace(settings, site_url="https://a.example")).changed
    assert "800" in check_index(replace(settings, chunk=ChunkSettings(300))).reasons[0]
    other = str(stand_in_model(tmp_path / "model2", "other"))
    assert other in check_index(replace(settings, model=other)).reasons[0]


def test_a_post_that_is_divided_otherwise_now_is_stale(
    settings: BuildSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunk_module, "split_sentences", lambda text: [(0, len(text))])
    assert "learning-to-row.md" in check_index(settings).changed
    report = build_index(settings, load_encoder=WordEncoder)
    assert report.embedded
    assert not check_index(settings).stale


def test_a_missing_or_damaged_index_is_stale(settings: BuildSettings, tmp_path: Path) -> None:
    assert check_index(replace(settings, index=tmp_path / "none")).reasons
    (live_generation(settings.index) / "tokens.int8").write_bytes(b"x")
    assert "tokens.int8" in check_index(settings).reasons[0]


def test_a_machine_without_the_model_can_check(settings: BuildSettings, tmp_path: Path) -> None:
    os.rename(tmp_path / "model", tmp_path / "elsewhere")  # noqa: PTH104
    assert not check_index(settings).stale


def parsed(settings: BuildSettings, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the posts that a check parses."""
    paths: list[str] = []

    def noted(path, source, site):  # type: ignore[no-untyped-def]
        paths.append(path)
        return parse_post(path, source, site)

    monkeypatch.setattr(reading, "parse_post", noted)
    assert check_index(settings).failed == ()
    return paths


def test_only_what_may_read_differently_is_parsed_again(
    settings: BuildSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert parsed(settings, monkeypatch) == []
    (settings.content / "moving-house.md").write_text("# Other\n\nText.")
    assert parsed(settings, monkeypatch) == ["moving-house.md"]
    (settings.content / "images" / "new.png").write_bytes(b"x")
    assert len(parsed(settings, monkeypatch)) == 3


def test_warnings_of_posts_that_are_not_parsed_again_stay(settings: BuildSettings) -> None:
    post = settings.content / "new.md"
    post.write_text(
        "# Neu\n\n" + "Das Boot war alt, und wir haben es nicht gekauft, weil es nicht zu retten war.\n" * 8
    )
    build_index(settings, load_encoder=WordEncoder)
    again = build_index(settings, load_encoder=WordEncoder)
    assert not again.published
    assert [(notice.path, notice.kind) for notice in again.notices] == [("new.md", "language")]
