"""Settings: the file, then the environment, then the flags; mistakes are named."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from service.effective import SettingsError, effective, load_settings

TOKEN = "a token of sixteen or more"


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No settings but those of the test."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("ASKPOST_")]:
        monkeypatch.delenv(name)
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
    [
        ("PORT", "http"),
        ("PORT", "70000"),
        ("PORT", "-1"),
        ("THRESHOLD", "2"),
        ("THRESHOLD", "much"),
        ("ORIGINS", "blog.example"),
        ("ORIGINS", "https://blog.example/path"),
        ("ORIGINS", "*"),
        ("ORIGINS", "https://*.blog.example"),
        ("ORIGINS", "https://me@blog.example"),
        ("ORIGINS", "https://blog.example:https"),
        ("ORIGINS", "https://[blog"),
        ("HOSTS", "https://ask.example"),
        ("TRUSTED_PROXIES", "10.0.0.300"),
        ("RATE_LIMIT", "60"),
        ("RATE_LIMIT", "60/fortnight"),
        ("RATE_LIMIT", "0/minute"),
        ("RATE_LIMIT", "60/0 minutes"),
        ("QUEUE_SECONDS", "0"),
        ("METRICS", "closed"),
        ("LOG_LEVEL", "loud"),
        ("LOG_QUESTIONS", "perhaps"),
        ("WORKERS", "0"),
    ],
)
def test_a_wrong_value_in_the_environment_names_variable_and_value(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"ASKPOST_{name}", value)
    with pytest.raises(SettingsError, match=rf"ASKPOST_{name}.*{re.escape(value)}") as caught:
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


def test_a_file_that_is_not_utf8_is_said_to_be_so(empty_folder: Path) -> None:
    (empty_folder / "askpost.toml").write_bytes(b'site_title = "caf\xe9"\n')
    with pytest.raises(SettingsError, match=r"askpost\.toml.*not UTF-8 \(byte 18\)"):
        load_settings()


def test_a_folder_in_place_of_the_file_is_refused(empty_folder: Path) -> None:
    (empty_folder / "askpost.toml").mkdir()
    with pytest.raises(SettingsError, match=r"askpost\.toml is a folder"):
        load_settings()


def test_a_wrong_value_in_the_file_names_the_file(empty_folder: Path) -> None:
    (empty_folder / "askpost.toml").write_text('port = "http"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"askpost\.toml"):
        load_settings()


def test_a_wrong_flag_names_the_flag() -> None:
    with pytest.raises(SettingsError, match="--port"):
        load_settings(port=99_999)


@pytest.mark.parametrize("variable", ["ASKPOST_PROT", "askpost_orgins"])
def test_a_variable_that_is_no_setting_is_named_with_the_one_that_is_meant(
    variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "1")
    with pytest.raises(SettingsError, match=f"{variable}: there is no setting .*did you mean '(port|origins)'"):
        load_settings()


def test_what_kubernetes_sets_for_a_service_of_this_name_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ASKPOST_SERVICE_HOST", "ASKPOST_SERVICE_PORT_HTTP", "ASKPOST_PORT_80_TCP_ADDR"):
        monkeypatch.setenv(name, "tcp://10.0.0.1:80")
    load_settings()


def test_an_empty_variable_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKPOST_PORT", "")
    monkeypatch.setenv("ASKPOST_SITE_URL", "")
    assert (load_settings().port, load_settings().site_url) == (8000, None)


@pytest.mark.parametrize(
    "written", ["https://a.example,http://B.example:81/", '["https://a.example", "http://b.example:81"]']
)
def test_a_list_is_written_with_commas_or_as_json(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKPOST_ORIGINS", written)
    assert load_settings().origins == ("https://a.example", "http://b.example:81")


def test_the_usual_port_of_an_origin_is_left_out_as_browsers_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "ASKPOST_ORIGINS", "https://a.example:443,http://b.example:80,http://[::1]:80,https://c.example:80"
    )
    assert load_settings().origins == ("https://a.example", "http://b.example", "http://[::1]", "https://c.example:80")


def test_the_operators_port_is_not_the_readers_on_any_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKPOST_OPERATOR_PORT", "8000")
    monkeypatch.setenv("ASKPOST_OPERATOR_HOST", "127.0.0.2")
    with pytest.raises(SettingsError, match="operator_port is 8000, and so is port"):
        load_settings()
    assert load_settings(port=8001).operator_port == 8000


def test_a_list_in_the_file_is_one_of_toml(empty_folder: Path) -> None:
    (empty_folder / "askpost.toml").write_text('trusted_proxies = ["10.1.2.3/8"]\n', encoding="utf-8")
    assert load_settings().trusted_proxies == ("10.0.0.0/8",)


@pytest.mark.parametrize("what", ["metrics", "docs"])
def test_a_token_must_be_there_where_one_is_asked_for(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"ASKPOST_{what.upper()}", "token")
    with pytest.raises(SettingsError, match=f"{what}.*operator_token"):
        load_settings()
    monkeypatch.setenv("ASKPOST_OPERATOR_TOKEN", TOKEN)
    assert getattr(load_settings(), what) == "token"


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        ("OPERATOR_TOKEN", "short"),
        ("RATE_LIMIT_STORE", "mysql://reader:hunter2@db/0"),
        ("RATE_LIMIT_STORE", "redis://:hunter2@db"),
        ("RATE_LIMIT_STORE", "redis://:hunter2@db:port"),
        ("RATE_LIMIT_STORE", "redis://:hun/ter2@db:6379"),
        ("RATE_LIMIT_STORE", "redis://:hunter2@[db"),
    ],
)
def test_a_wrong_secret_is_not_shown(name: str, secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"ASKPOST_{name}", secret)
    with pytest.raises(SettingsError, match=f"ASKPOST_{name}") as caught:
        load_settings()
    assert secret not in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_each_setting_is_shown_with_where_it_came_from(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (empty_folder / "askpost.toml").write_text('site_title = "A blog"\nport = 1\n', encoding="utf-8")
    monkeypatch.setenv("ASKPOST_PORT", "2")
    monkeypatch.setenv("ASKPOST_OPERATOR_TOKEN", TOKEN)
    monkeypatch.setenv("ASKPOST_RATE_LIMIT_STORE", "redis://reader:hunter2@db:6379/0")
    flags = {"index": Path("there"), "host": None}

    shown = {one.name: (one.value, one.source) for one in effective(load_settings(**flags), **flags)}

    assert shown["index"] == ("there", "--index")
    assert shown["port"] == ("2", "ASKPOST_PORT")
    assert shown["site_title"] == ("A blog", "askpost.toml")
    assert shown["host"] == ("127.0.0.1", "default")
    assert shown["operator_token"] == ("********", "ASKPOST_OPERATOR_TOKEN")
    assert shown["rate_limit_store"] == ("redis://********@db:6379/0", "ASKPOST_RATE_LIMIT_STORE")


@pytest.mark.parametrize(
    ("name", "secret", "shown"),
    [
        ("OPERATOR_TOKEN", "https://looks.like/an/address", "********"),
        ("RATE_LIMIT_STORE", "redis://db:6379/0?password=hunter2", "redis://db:6379/0?********"),
        ("RATE_LIMIT_STORE", "redis+unix://:hunter2@/run/redis.sock", "redis+unix://********@/run/redis.sock"),
        ("RATE_LIMIT_STORE", "redis://db:6379/0", "redis://db:6379/0"),
    ],
)
def test_a_secret_is_hidden_wherever_it_stands(
    name: str, secret: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"ASKPOST_{name}", secret)
    assert {one.name: one.value for one in effective(load_settings())}[name.lower()] == shown


def test_a_key_in_capitals_is_said_to_be_from_the_file(empty_folder: Path) -> None:
    (empty_folder / "askpost.toml").write_text("Port = 1\n", encoding="utf-8")
    assert {one.name: one.source for one in effective(load_settings())}["port"] == "askpost.toml"
