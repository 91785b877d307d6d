"""`python -m tests.settings_table`: write the README's table of settings from the code."""

from __future__ import annotations

from pydantic import SecretStr
from pydantic_core import PydanticUndefined

from service.config import ENVIRONMENT_PREFIX, Settings
from tests.readme import README, written_between

_FROM = "<!-- settings: written by `python -m tests.settings_table` -->\n"
_TO = "<!-- end of settings -->\n"
_HEAD = "| setting | variable | default | |\n|---|---|---|---|\n"


def table() -> str:
    """The table of all settings: name, variable, default and what it is."""
    return _HEAD + "".join(_row(name) for name in Settings.model_fields)


def written_into(readme: str) -> str:
    """The README with the table in its place."""
    return written_between(_FROM, _TO, readme, table())


def _row(name: str) -> str:
    field = Settings.model_fields[name]
    assert field.description, f"{name} has no description"
    assert field.default is not PydanticUndefined
    default = field.default.get_secret_value() if isinstance(field.default, SecretStr) else field.default
    shown = {None: "none", "": "empty", (): "none", False: "`false`"}.get(default, f"`{default}`")
    if default == 0 and default is not False:
        shown = "`0`"
    description = field.description.rstrip(".")
    if description[1].islower() or description[1] == " ":
        description = description[0].lower() + description[1:]
    return f"| `{name}` | `{ENVIRONMENT_PREFIX}{name.upper()}` | {shown} | {description} |\n"


if __name__ == "__main__":
    README.write_text(written_into(README.read_text(encoding="utf-8")), encoding="utf-8")
