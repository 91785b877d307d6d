"""Settings: the file, then the environment, then the flags; mistakes are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.config import SettingsError, load_settings


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No settings but those of the test."""
    monkeypatch.chdir(tmp_path)
    for name in ("CONTENT", "INDEX", "MODEL", "HOST", "PORT", "THRESHOLD", "SITE_URL", "SITE_TITLE", "GENERATOR"):
        monkeypatch.delenv(f"ASKPOST_{name}", raising=False)
    return tmp_path


def test_without_settings_the_defaults_of_the_manual_count() -> None:
    settings = load_settings()
    assert (settings.content, settings.index) == (Path("content"), Path(".askpost"))
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)


def test_flags_beat_the_environment_which_beats_the_file(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (empty_folder / "askpost.toml").write_text('port = 1\nhost = "file"\nsite_title = "file"\n', encoding="utf-8")
    monkeypatch.setenv("ASKPOST_PORT", "2")
    monkeypatch.setenv("ASKPOST_HOST", "environment")

    settings = load_settings(port=3, host=None)

    assert (settings.port, settings.host, settings.site_title) == (3, "environment", "file")


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "http"), ("PORT", "70000"), ("PORT", "-1"), ("THRESHOLD", "2"), ("THRESHOLD", "much")],
)
def test_a_wrong_value_in_the_environment_names_variable_and_value(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"ASKPOST_{name}", value)
    with pytest.raises(SettingsError, match=f"ASKPOST_{name}.*{value}") as caught:
        load_settings()
    assert "\n" not in str(caught.value)


def test_an_unknown_key_in_the_file_is_named(empty_folder: Path) -> None:
    (empty_folder / "askpost.toml").write_text("prot = 1\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"askpost\.toml.*prot"):
        load_settings()


@pytest.mark.parametrize("source", [b"port = \n", b"\xff\xfe", b"[port\n"])
def test_a_file_that_does_not_parse_is_named(empty_folder: Path, source: bytes) -> None:
    (empty_folder / "askpost.toml").write_bytes(source)
    with pytest.raises(SettingsError, match=r"askpost\.toml") as caught:
        load_settings()
    assert "\n" not in str(caught.value)


def test_a_wrong_value_in_the_file_names_the_file(empty_folder: Path) -> None:
    (empty_folder / "askpost.toml").write_text('port = "http"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"askpost\.toml"):
        load_settings()


def test_a_wrong_flag_names_the_flag() -> None:
    with pytest.raises(SettingsError, match="--port"):
        load_settings(port=99_999)
