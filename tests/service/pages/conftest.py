"""The same servers and browser as the widget's tests."""

from tests.service.widget.conftest import (
    ask,
    base_url,
    browser_type_launch_args,
    complaints,
    impatience,
    look,
    opened,
    served,
    service,
    site,
)

__all__ = [
    "ask",
    "base_url",
    "browser_type_launch_args",
    "complaints",
    "impatience",
    "look",
    "opened",
    "served",
    "service",
    "site",
]
