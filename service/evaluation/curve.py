"""The coverage-against-error curve as a picture (SVG)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from service.evaluation.calibration import Point

_WIDTH, _HEIGHT = 720, 440
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 24, 56, 56
_STEPS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One curve: its name, its points, and the threshold that is in use."""

    name: str
    points: Sequence[Point]
    threshold: float

    @property
    def operating(self) -> Point | None:
        """The point of the threshold: the last that is not below it; None where nothing is answered."""
        return next((p for p in reversed(self.points) if p.threshold >= self.threshold), None)


def draw(title: str, lines: Sequence[Line]) -> str:
    """The picture, as SVG: coverage to the right, error upwards, the threshold in use as a dot."""
    highest = max((p.error for line in lines for p in line.points), default=0.0)
    top = next(t for t in (0.1, 0.2, 0.5, 1.0) if highest <= t)

    def x(coverage: float) -> float:
        return round(_LEFT + coverage * (_WIDTH - _LEFT - _RIGHT), 1)

    def y(error: float) -> float:
        return round(_HEIGHT - _BOTTOM - error / top * (_HEIGHT - _TOP - _BOTTOM), 1)

    shares = [step / _STEPS for step in range(_STEPS + 1)]
    environment = Environment(
        loader=PackageLoader("service.evaluation", "."), undefined=StrictUndefined, autoescape=True,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template("curve.svg.j2").render(
        title=title,
        width=_WIDTH,
        height=_HEIGHT,
        left=_LEFT,
        right=_WIDTH - _RIGHT,
        top=_TOP,
        bottom=_HEIGHT - _BOTTOM,
        across=[(x(share), f"{share:.0%}") for share in shares],
        upwards=[(y(share * top), f"{share * top:.0%}") for share in shares],
        lines=[
            {
                "name": line.name,
                "path": " ".join(f"{x(p.coverage)},{y(p.error)}" for p in line.points),
                "dot": (x(o.coverage), y(o.error)) if (o := line.operating) else None,
                "told": f"{o.coverage:.0%} answered, {o.error:.0%} of them wrong" if o else "nothing answered",
            }
            for line in lines
        ],
    )
