"""Constructs that were seen to go wrong in new combinations, beside what the generator's page was seen to show."""

from __future__ import annotations

import pytest

from tests.index.parse.shown import parse, post


@pytest.mark.parametrize(
    ("generator", "source", "text"),
    [
        ("jekyll", "Use `{% raw %}{{ page.x }}{% endraw %}` here.", "Use {{ page.x }} here."),
        ("jekyll", "{% assign height = 4.2 %}\nIt hangs {{ height }} m up.", "It hangs 4.2 m up."),
        ("jekyll", "{% assign who = 'Mira' %}{{ who }} came. {{ other }}Then Nils.", "Mira came. Then Nils."),
        ("hugo", '{{< tab name="Linux" >}}Type `a`.{{< /tab >}}\n{{< tab name="Mac" >}}Type `b`.{{< /tab >}}',
         "Linux\n\nType a.\n\nMac\n\nType b."),
        ("docusaurus", "export const limit = 25;\n\nUp to {limit} MB.", "Up to 25 MB."),
        ("mkdocs", "`#!python len(x)` counts, `#!/bin/sh` runs.", "len(x) counts, #!/bin/sh runs."),
        ("pelican", "Look:\n\n    :::python\n    print(1)\n", "Look:\n\nprint(1)"),
        ("gatsby", "One.\n\n`youtube: https://y.example/x`\n\nTwo with `video: a` in it.",
         "One.\n\nTwo with video: a in it."),
        ("quarto", "See @fig-b and [@doe2020, p. 3].\n\n![A](a.png){#fig-a}\n\n![B](b.png){#fig-b}\n",
         "See Figure 2 and.\n\nA\n\nB"),
        ("quarto", "Write to mira@fig-tree.example.", "Write to mira@fig-tree.example."),
        ("quarto", "1. First\n2. Second\n    a. Nested\n", "First\nSecond\nNested"),
        ("quarto", "(@good) An example.\n", "An example."),
        ("quarto", "| A line\n| and one more\n", "A line and one more"),
        ("quarto", "```{python}\n#| label: fig-x\n#| fig-cap: \"Weights\"\nplot()\n```\n", "plot()\n\nWeights"),
        ("quarto", "```{python}\n#| echo: false\n#| fig-cap: Weights\nplot()\n```\n", "Weights"),
    ],
)  # fmt: skip
def test_a_reader_sees(generator: str, source: str, text: str) -> None:
    assert post(source, generator=generator).text.replace(" .", ".").replace("  ", " ") == text


def test_what_is_known_only_when_the_page_is_built_is_named() -> None:
    parsed = parse("It weighs `{python} mean(x)` kg.", generator="quarto")
    assert [(notice.kind, notice.line) for notice in parsed.notices] == [("template", 1)]


@pytest.mark.parametrize(
    ("info", "language"),
    [('{ .bash .copy title="check.sh" }', "bash"), ("{.python filename='a.b.c'}", "python"), ('{title="x.sh"}', "")],
)
def test_the_language_of_a_fence_is_its_first_class(info: str, language: str) -> None:
    (block,) = (b for b in post(f"``` {info}\nx\n```\n", generator="mkdocs").sections[0].blocks if b.kind == "code")
    assert block.language == language


def test_a_label_of_the_menu_is_a_title_only_where_there_is_no_other() -> None:
    front = "---\nsidebar_label: Short\n---\n"
    assert post(front + "# Long\n\nx", generator="docusaurus").title == "Long"
    assert post(front + "x", generator="docusaurus").title == "Short"
