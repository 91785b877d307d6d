"""What a screen reader finds: Chromium's own accessibility tree as lines, and what its live regions said."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

# Said of what stands in them.
_SILENT = {"generic", "none", "InlineTextBox", "RootWebArea", "paragraph", "LineBreak", "ListMarker", "LayoutTable"}
_STATES = ("pressed", "checked", "disabled", "expanded", "invalid", "busy", "live")


def tree(page: Page) -> list[str]:
    """`role "name" [state]` of all that is not hidden from assistive technology, in reading order."""
    client = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = client.send("Accessibility.getFullAXTree")["nodes"]
    client.detach()
    return [line for node in nodes if not node.get("ignored") and (line := _line(node))]


def focused(page: Page) -> str:
    """The line of the element that has the focus."""
    client = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = client.send("Accessibility.getFullAXTree")["nodes"]
    client.detach()
    having = [node for node in nodes if _property(node, "focused") is True and node["role"]["value"] != "RootWebArea"]
    return _line(having[-1]) if having else ""


def listen(page: Page) -> None:
    """Begin to keep what the panel's live region says; `heard` gives it."""
    page.evaluate("""() => {
        const status = document.querySelector('ask-post').shadowRoot.querySelector('[role=status]');
        window.heard = [];
        new MutationObserver(() => status.textContent && window.heard.push(status.textContent))
            .observe(status, {childList: true, characterData: true, subtree: true});
    }""")


def heard(page: Page) -> list[str]:
    """What the live region has said since the last call."""
    page.wait_for_timeout(150)
    said: list[str] = page.evaluate("window.heard.splice(0)")
    return said


def _line(node: dict[str, Any]) -> str:
    role = node.get("role", {}).get("value", "")
    name = str(node.get("name", {}).get("value", "")).strip()
    if role in _SILENT or (role == "StaticText" and not name):
        return ""
    states = [
        f"{key}={value}" for key in _STATES if (value := _property(node, key)) not in (None, False, "false", "off")
    ]
    return f'{role} "{name}"' + (f" [{', '.join(states)}]" if states else "")


def _property(node: dict[str, Any], name: str) -> object:
    found = [entry["value"].get("value") for entry in node.get("properties", []) if entry["name"] == name]
    return found[0] if found else None
