"""Conditions, loops and values in Liquid: what the page shows, as far as front matter and configuration tell."""

from __future__ import annotations

import pytest

from tests.index.parse.shown import lines, parse

META = """---
title: Tide table
flag: true
off: false
audience: sailors
crew: 3
place: {town: Kiel}
---
"""
SETTINGS = {"title": "Harbour", "tides": True}


def shown(body: str, generator: str = "jekyll") -> tuple[list[str], list[str]]:
    """The lines that are read, and the warnings."""
    parsed = parse(f"{META}{body}\nEnd.\n", generator=generator, settings=SETTINGS)
    assert parsed.post is not None
    return lines(parsed.post)[:-1], [notice.message for notice in parsed.notices]


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("page.flag", True),
        ("page.off", False),
        ("page.nothing", False),
        ("site.tides", True),
        ("site.nothing", False),
        ("page.crew > 2", True),
        ("page.crew >= 4", False),
        ("page.crew == 3", True),
        ("page.crew != 3", False),
        ("page.audience == 'sailors'", True),
        ('page.audience contains "sail"', True),
        ("page.keywords contains 'sea'", False),
        ("page.place.town == 'Kiel'", True),
        ("page.audience == 'pilots' or page.flag", True),
        ("page.flag and page.crew < 2", False),
        ("page.off and page.flag or page.flag", False),
        ("page.title.size > 4", True),
        ("page.audience == empty", False),
        ("page.nothing == nil", True),
        ("page.flag == 1", False),
        ('jekyll.environment == "production"', True),
        ("never_assigned", False),
    ],
)
def test_a_condition_that_is_known_shows_one_branch(condition: str, holds: bool) -> None:
    found, warnings = shown(f"{{% if {condition} %}}\nYes.\n{{% else %}}\nNo.\n{{% endif %}}\n")
    assert found == [f"paragraph: {'Yes.' if holds else 'No.'}"]
    assert warnings == []


@pytest.mark.parametrize("condition", ["site.data.tides", "page.url contains 'x'", "include.wide", "forloop.first"])
def test_a_condition_that_is_open_shows_its_first_branch_with_a_warning(condition: str) -> None:
    found, warnings = shown(f"{{% if {condition} %}}\nYes.\n{{% else %}}\nNo.\n{{% endif %}}\n")
    assert found == ["paragraph: Yes."]
    assert warnings == [f"not known whether this holds, so that it is shown: {{% if {condition} %}}"]


def test_without_a_configuration_what_it_says_is_open() -> None:
    parsed = parse("{% if site.x %}\nYes.\n{% else %}\nNo.\n{% endif %}\n", "_posts/a.md")
    assert parsed.post is not None
    assert (lines(parsed.post), len(parsed.notices)) == (["paragraph: Yes."], 1)


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        ("A {% unless page.flag %}x{% else %}y{% endunless %} b.\n", ["paragraph: A y b."]),
        ("{% if page.off %}a{% elsif page.crew == 3 %}b{% else %}c{% endif %}.\n", ["paragraph: b."]),
        (
            "{% case page.audience %}\n{% when 'pilots' %}\nP.\n{% when 'sailors', 'rowers' %}\nS.\n{% else %}\nE.\n"
            "{% endcase %}\n",
            ["paragraph: S."],
        ),
        (
            "{% if page.flag %}\nA.\n{% if page.off %}\nB.\n{% else %}\nC.\n{% endif %}\nD.\n"
            "{% else %}\nE.\n{% endif %}\n",
            ["paragraph: A.", "paragraph: C.", "paragraph: D."],
        ),
        (
            "- one{% if page.off %} of many{% endif %}\n- two{%- if page.flag -%} too{%- endif -%}\n",
            ["item: one", "item: two too"],
        ),
        ("{% if page.off %}\n{% raw %}{% endif %}{% endraw %}\n{% endif %}\nA.\n", ["paragraph: A."]),
        (
            "{% assign who = page.audience %}{% if who == 'sailors' %}Ahoy{% endif %}, {{ who | upcase }}.\n",
            ["paragraph: Ahoy, SAILORS."],
        ),
        ("{% assign n = site.posts | size %}{% if n == 0 %}None.{% else %}Some.{% endif %}\n", ["paragraph: None."]),
        (
            "{% capture note %}Two *knots*{% endcapture %}\n\n{{ note }}, and {{ note | downcase }}.\n",
            ["paragraph: Two knots, and two knots."],
        ),
        (
            "By {{ site.title | append: ' log' | remove: 'our' }} and {{ 'x' | upcase }}{{ page.nothing }}.\n",
            ["paragraph: By Harb log and X."],
        ),
    ],
)
def test_the_page_shows(body: str, seen: list[str]) -> None:
    assert shown(body)[0] == seen


def test_a_loop_is_taken_out_to_its_own_end_with_a_warning() -> None:
    found, warnings = shown(
        "{% for a in site.posts %}\n{% for b in a.tags %}\n- {{ b }}\n{% endfor %}\nTail.\n{% endfor %}\n\nKept.\n"
    )
    assert found == ["paragraph: Kept."]
    assert warnings == ["taken out, since it is not known what it shows: {% for a in site.posts %}"]


def test_what_is_never_closed_swallows_nothing() -> None:
    found, warnings = shown("{% if page.off %}\nA.\n\n{% for x in y %}\nB.\n")
    assert found == ["paragraph: A.", "paragraph: B."]
    assert len(warnings) == 2
    assert "{% endif %}" in warnings[0]


def test_a_filter_that_is_not_known_is_named() -> None:
    assert shown("At {{ page.crew | modulo: 2 }} of us.\n") == (
        ["paragraph: At of us."],
        ["taken out, since it is not known what it shows: {{ page.crew | modulo: 2 }}"],
    )


def test_defaults_of_the_configuration_count_as_front_matter() -> None:
    defaults = [
        {"scope": {"path": "", "type": "posts"}, "values": {"author": "Ann Shore", "wide": False}},
        {"scope": {"path": "_posts/*/deep"}, "values": {"wide": True}},
    ]
    body = "---\ntitle: T\n---\n{% if page.wide %}Wide.{% else %}Narrow.{% endif %}\n"
    seen = []
    for path in ("_posts/2020-01-02-a.md", "_posts/x/deep/2020-01-02-b.md"):
        parsed = parse(body, path, "jekyll", settings={"defaults": defaults})
        assert parsed.post is not None
        seen.append((parsed.post.text, parsed.post.authors))
    assert seen == [("Narrow.", ("Ann Shore",)), ("Wide.", ("Ann Shore",))]


def test_many_tags_that_are_never_closed_end_soon() -> None:
    assert shown("{% if x %}" * 3_000 + "\n\nKept.\n")[0][-1] == "paragraph: Kept."
