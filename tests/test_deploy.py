"""What deploy/ offers fits the image, the settings and the programs that read it."""

from __future__ import annotations

import ipaddress
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from service.config import ENVIRONMENT_PREFIX, Settings
from service.effective import load_settings

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
ASKPOST: dict[str, Any] = COMPOSE["services"]["askpost"]
UNIT = (DEPLOY / "askpost.service").read_text(encoding="utf-8")

needs = {
    name: pytest.mark.skipif(shutil.which(name) is None, reason=f"{name} is not installed")
    for name in ("caddy", "nginx", "openssl", "systemd-analyze")
}


@pytest.mark.parametrize("file", [*sorted(DEPLOY.iterdir()), ROOT / "Dockerfile"], ids=lambda file: file.name)
def test_every_variable_that_is_named_is_a_setting(file: Path) -> None:
    named = set(re.findall(rf"\b{ENVIRONMENT_PREFIX}([A-Z_]+)\b", file.read_text(encoding="utf-8")))
    assert {name.lower() for name in named} <= set(Settings.model_fields)


def test_every_file_is_told_of() -> None:
    named = re.findall(r"^\| \[`([\w.-]+)`\]", (DEPLOY / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(named) == sorted(file.name for file in DEPLOY.iterdir() if file.name != "README.md")


def test_compose_builds_and_runs_the_image_as_its_dockerfile_says() -> None:
    assert (DEPLOY / ASKPOST["build"]["context"]).resolve() == ROOT
    assert all(re.search(rf"^ARG {name}\b", DOCKERFILE, re.MULTILINE) for name in ASKPOST["build"]["args"])
    (volume,) = ASKPOST["volumes"]
    name, _, path = volume.partition(":")
    assert name in COMPOSE["volumes"]
    assert f"\nVOLUME {path}\n" in DOCKERFILE
    assert f"\nUSER {ASKPOST['user']}\n" in DOCKERFILE
    proxied = COMPOSE["services"]["caddy"]["command"].rpartition("--to ")[2]
    assert proxied == f"askpost:{re.search(r'EXPOSE (.+)', DOCKERFILE)[1]}"  # type: ignore[index]


def test_compose_waits_until_what_is_in_flight_has_been_answered() -> None:
    assert int(ASKPOST["stop_grace_period"].removesuffix("s")) > Settings.model_fields["shutdown_seconds"].default


def test_compose_trusts_the_network_that_caddy_is_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKPOST_ORIGINS", "")  # as compose passes it on when the owner has not set it
    monkeypatch.setenv("ASKPOST_TRUSTED_PROXIES", ASKPOST["environment"]["ASKPOST_TRUSTED_PROXIES"])
    (trusted,) = load_settings().trusted_proxies
    for service in COMPOSE["services"].values():
        (network,) = service["networks"]
        (config,) = COMPOSE["networks"][network]["ipam"]["config"]
        assert ipaddress.ip_network(config["subnet"]) == ipaddress.ip_network(trusted)


@needs["systemd-analyze"]
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "askpost.service"
    # Its program is looked for; there is one of the kind on every machine.
    unit.write_text(re.sub(r"(?m)^ExecStart=\S+", "ExecStart=/bin/true", UNIT), encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@needs["nginx"]
@needs["openssl"]
def test_nginx_takes_its_example(tmp_path: Path) -> None:
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    made: list[str | Path] = ["-keyout", key, "-out", certificate, "-subj", "/CN=ask.blog.example"]
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *made], check=True, capture_output=True)
    site = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    for name, file in (("fullchain.pem", certificate), ("privkey.pem", key)):
        site = re.sub(rf"/etc/\S+{name}", str(file), site)
    (tmp_path / "site.conf").write_text(site, encoding="utf-8")
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"pid {tmp_path}/pid; events {{}} http {{ access_log off; include {tmp_path}/site.conf; }}", encoding="utf-8"
    )
    done = subprocess.run(["nginx", "-t", "-c", whole], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@needs["caddy"]
def test_caddy_takes_its_example(tmp_path: Path) -> None:
    done = subprocess.run(
        ["caddy", "validate", "--adapter", "caddyfile", "--config", DEPLOY / "Caddyfile"],
        env={**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
