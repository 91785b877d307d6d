"""The figures of a run as one SVG: four panels of bars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

_WIDTH, _PANEL, _BAR, _LEFT = 860, 410, 16, 150
_OURS, _THEIRS, _FLOOR = "#0a7a5c", "#8a8f98", "#c77800"


@dataclass(frozen=True, slots=True)
class Bar:
    """One value with its name; `colour` tells ours from theirs and from the floor."""

    name: str
    value: float
    colour: str


def draw(figures: dict[str, Any]) -> str:
    """The picture of the figures as they stand in JSON."""
    panels = [
        ("One question, median, ms (10,000 passages)", _latency(figures)),
        ("Questions a second, 8 clients", _throughput(figures)),
        ("Ready after start, s", _each(figures, lambda found: found["ready_s"])),
        ("Anonymous memory, MB", _each(figures, lambda found: found["memory"]["anon_mb"])),
        ("/ask by passages, p95, ms", _by_size(figures, lambda found: found["ask"]["p95_ms"])),
        ("Stages of a question, ms", [Bar(name, ms, _OURS) for name, ms in figures["stages_ms"].items()]),
    ]
    rows = [panels[n : n + 2] for n in range(0, len(panels), 2)]
    parts, top = [], 40
    for row in rows:
        parts += [_panel(20 + at * (_PANEL + 10), top, title, bars) for at, (title, bars) in enumerate(row)]
        top += 50 + max(len(bars) for _, bars in row) * (_BAR + 6)
    said = f"askpost {figures['commit']}, {figures['date'][:10]}, {figures['machine']['processor']}, "
    said += f"{figures['machine']['cores']} cores"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top}" width="{_WIDTH}" height="{top}" '
        f'font-family="sans-serif" font-size="12"><title>{escape(said)}</title>'
        f'<rect width="100%" height="100%" fill="#fff"/><text x="20" y="22" fill="#333">{escape(said)}</text>'
        + "".join(parts)
        + "</svg>\n"
    )


def _panel(x: int, y: int, title: str, bars: list[Bar]) -> str:
    most = max(bar.value for bar in bars) or 1
    room = _PANEL - _LEFT - 60
    lines = [f'<text x="{x}" y="{y + 14}" font-weight="bold" fill="#111">{escape(title)}</text>']
    for n, bar in enumerate(bars):
        at = y + 26 + n * (_BAR + 6)
        width = max(1.0, bar.value / most * room)
        lines.append(
            f'<text x="{x + _LEFT - 6}" y="{at + 12}" text-anchor="end" fill="#333">{escape(bar.name)}</text>'
            f'<rect x="{x + _LEFT}" y="{at}" width="{width:.1f}" height="{_BAR}" fill="{bar.colour}"/>'
            f'<text x="{x + _LEFT + width + 6:.1f}" y="{at + 12}" fill="#333">{bar.value:.3g}</text>'
        )
    return "".join(lines)


def _latency(figures: dict[str, Any]) -> list[Bar]:
    base = figures["askpost"]["ask"]["encode_p50_ms"]
    return [Bar("bare encoder", base, _FLOOR), *_each(figures, lambda found: found["ask"]["p50_ms"])]


def _throughput(figures: dict[str, Any]) -> list[Bar]:
    bars = [Bar("bare encoder", figures["floor_per_second"], _FLOOR)]
    for name, runs in figures["throughput"].items():
        ours = name.endswith("workers")
        shown = f"askpost, {name}" if ours else name
        bars.append(Bar(shown.replace("1 workers", "1 worker"), runs["8"]["per_second"], _OURS if ours else _THEIRS))
    return bars


def _each(figures: dict[str, Any], value: Any) -> list[Bar]:
    peers = [Bar(name, value(found), _THEIRS) for name, found in figures["peers"].items()]
    return [Bar("askpost", value(figures["askpost"]), _OURS), *peers]


def _by_size(figures: dict[str, Any], value: Any) -> list[Bar]:
    return [Bar(f"{int(size):,}", value(found), _OURS) for size, found in figures["sizes"].items()]
