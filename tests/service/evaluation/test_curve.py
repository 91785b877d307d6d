"""The picture is well-formed and shows the curve where it belongs."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from service.evaluation.calibration import Point
from service.evaluation.curve import Line, draw

SVG = "{http://www.w3.org/2000/svg}"
POINTS = [Point(0.9, 0.25, 0.0), Point(0.5, 0.75, 1 / 3), Point(0.1, 1.0, 0.5)]


def test_the_curve_and_its_operating_point_are_drawn() -> None:
    root = ET.fromstring(draw("a.jsonl: 4 <questions>", [Line("All", POINTS, 0.4), Line("None", POINTS, 0.95)]))
    assert root.find(f"{SVG}title").text == "a.jsonl: 4 <questions>"  # type: ignore[union-attr]
    first, second = (p for p in root.iter(f"{SVG}polyline") if p.get("class", "").startswith("line"))
    assert first.get("points") == second.get("points")
    points = [tuple(map(float, p.split(","))) for p in first.get("points", "").split()]
    (left, bottom), _, (right, top) = points
    assert left == 64 + 0.25 * (720 - 64 - 24)
    assert (right, bottom, top) == (696, 384, 56)  # an error of 0 at the foot, of half, the scale's end, at the top
    (dot,) = root.iter(f"{SVG}circle")
    assert (float(dot.get("cx", "")), float(dot.get("cy", ""))) == points[1]
    told = [t.text for t in root.iter(f"{SVG}text")]
    assert "All: 75% answered, 33% of them wrong" in told
    assert "None: nothing answered" in told


def test_no_points_draw_axes_alone() -> None:
    root = ET.fromstring(draw("nothing", [Line("All", [], 0.4)]))
    assert not list(root.iter(f"{SVG}circle"))
