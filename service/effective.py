"""The settings that count: read from file, environment and flags, each with its source, and a wrong one explained."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import SecretStr, ValidationError

from service.config import ENVIRONMENT_PREFIX, SETTINGS_FILE, STORES, Settings

# Shows the traceback of an unexpected failure; no setting, since it counts before settings are read.
DEBUG_VARIABLE = f"{ENVIRONMENT_PREFIX}DEBUG"
# What Kubernetes sets in every container where a service is called askpost.
_KUBERNETES = re.compile(rf"{ENVIRONMENT_PREFIX}(SERVICE_(HOST|PORT\w*)|PORT_\d+_\w+)")
_HIDDEN = "********"


class SettingsError(ValueError):
    """A setting is wrong; the message is one line, ready to show."""


@dataclass(frozen=True, slots=True)
class Effective:
    """One setting as it counts: its value with secrets hidden, and the flag, variable or file that it came from."""

    name: str
    value: str
    source: str


def load_settings(**flags: Any) -> Settings:
    """The effective settings; flags that are None count as not given.

    :raises SettingsError: naming the key, its source, its value, and what was expected.
    """
    given = {name: value for name, value in flags.items() if value is not None}
    _refuse_unknown_variables()
    if Path(SETTINGS_FILE).is_dir():
        # Docker makes a folder of the name when the file that it is to mount is not there.
        raise SettingsError(f"{SETTINGS_FILE} is a folder: put the settings into a file of this name, or remove it.")
    try:
        return Settings(**given)
    except ValidationError as error:
        raise _explained(error, given) from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{SETTINGS_FILE} cannot be read: it is not UTF-8 (byte {error.start + 1}).") from error
    except (ValueError, OSError) as error:
        raise SettingsError(f"{SETTINGS_FILE} cannot be read: {error}.") from error


def effective(settings: Settings, **flags: Any) -> list[Effective]:
    """Every setting, in order.

    :param flags: what `load_settings` was given.
    """
    given = {name: value for name, value in flags.items() if value is not None}
    written = {key.lower() for key in _written()}
    found = []
    for name in Settings.model_fields:
        at = _source(name, given)
        source = at if at != SETTINGS_FILE or name in written else "default"
        found.append(Effective(name, _shown(getattr(settings, name)), source))
    return found


def _shown(value: object) -> str:
    """The value as it is written in a variable; "" when there is none. A token is hidden, and so is a password."""
    if value is None:
        return ""
    if isinstance(value, SecretStr):
        secret = value.get_secret_value()
        if not secret.startswith(STORES):
            return _HIDDEN
        scheme, _, rest = secret.partition("://")
        # A password stands before the host, or in the query.
        _, at, where = rest.rpartition("@")
        where, asked, _ = where.partition("?")
        return f"{scheme}://{f'{_HIDDEN}@' if at else ''}{where}{f'?{_HIDDEN}' if asked else ''}"
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(value) if isinstance(value, tuple) else str(value)


def _explained(error: ValidationError, given: Mapping[str, Any]) -> SettingsError:
    first = error.errors()[0]
    message = str(first["msg"]).removeprefix("Value error, ")
    message = message[:1].lower() + message[1:].rstrip(".")
    if not first["loc"]:
        return SettingsError(f"Settings: {message}.")
    key = str(first["loc"][0])
    source = _source(key, given)
    if first["type"] == "extra_forbidden":
        return _unknown(source, key)
    field = Settings.model_fields.get(key)
    secret = field is not None and "Secret" in str(field.annotation)
    value = _HIDDEN if secret else repr(first["input"])
    return SettingsError(f"{source}: {key} is {value}: {message}.")


def _unknown(source: str, key: str) -> SettingsError:
    near = get_close_matches(key.lower(), Settings.model_fields, n=1)
    hint = f"did you mean {near[0]!r}?" if near else "`askpost config` lists those that there are."
    return SettingsError(f"{source}: there is no setting {key!r}: {hint}")


def _refuse_unknown_variables() -> None:
    for variable in _variables():
        key = variable.upper().removeprefix(ENVIRONMENT_PREFIX).lower()
        if key in Settings.model_fields or variable == DEBUG_VARIABLE or _KUBERNETES.fullmatch(variable):
            continue
        raise _unknown(variable, key)


def _variables() -> Iterator[str]:
    return (name for name in sorted(os.environ) if name.upper().startswith(ENVIRONMENT_PREFIX))


def _source(key: str, flags: Mapping[str, Any]) -> str:
    """Where the value of the setting came from: the flag, the environment variable or the file."""
    if key in flags:
        return f"--{key.replace('_', '-')}"
    wanted = f"{ENVIRONMENT_PREFIX}{key}".upper()
    return next((name for name in _variables() if name.upper() == wanted and os.environ[name]), SETTINGS_FILE)


def _written() -> Mapping[str, Any]:
    try:
        return tomllib.loads(Path(SETTINGS_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
