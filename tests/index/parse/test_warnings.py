"""What is not understood is taken out with a warning, and never swallows what follows."""

from __future__ import annotations

import pytest

from tests.index.parse.shown import lines, parse

BIBLIOGRAPHY = "---\nbibliography: refs.bib\n---\n"


@pytest.mark.parametrize(
    ("generator", "body", "seen", "kind"),
    [
        ("quarto", "Cats sleep [@key, p. 3] a lot.", ["paragraph: Cats sleep a lot."], "citation"),
        ("quarto", BIBLIOGRAPHY + "As @doe99 [p. 4] shows.", ["paragraph: As doe99 shows."], "citation"),
        ("quarto", "Write to me@x.example or @doe99.", ["paragraph: Write to me@x.example or @doe99."], ""),
        (
            "quarto",
            'A\n\n\\newpage\n\nB [c]{style="color:red"} H~2~O x^2^.',
            ["paragraph: A", "paragraph: B c H2O x2."],
            "",
        ),
        ("quarto", "```{mermaid}\n%%| fig-cap: F\nA-->B\n```\n\nA.", ["paragraph: A."], ""),
        ("quarto", "```{r}\nx\n```\n\nIt is `r x + 1` now.", ["code r: x", "paragraph: It is now."], "template"),
        ("mkdocs", "::: a.module.Class\n    options:\n      x: 1\n\nText.", ["paragraph: Text."], "include"),
        ("gatsby", "`embed:src/a.js`\n\nText.", ["paragraph: Text."], "include"),
        ("jekyll", "{% gist 123 %}\n\nText.", ["paragraph: Text."], "include"),
        ("zola", '{% quote(author="Vincent") %}\nInner.\n{% end %}\n', ["paragraph: Inner."], "template"),
        ("hugo", '{{< aside "Two words" >}}\nInner.\n{{< /aside >}}\n', ["paragraph: Inner."], "template"),
        ("hugo", "{{< aside left >}}\nInner.\n{{< /aside >}}\n", ["paragraph: Inner."], ""),
    ],
)
def test_what_is_left_out_is_named(generator: str, body: str, seen: list[str], kind: str) -> None:
    parsed = parse(f"Before.\n\n{body}\n\nAfter.\n" if not body.startswith("---") else f"{body}\n", generator=generator)
    assert parsed.post is not None
    assert [line for line in lines(parsed.post) if line not in {"paragraph: Before.", "paragraph: After."}] == seen
    assert {notice.kind for notice in parsed.notices} == ({kind} if kind else set())
    assert all(notice.line > 0 for notice in parsed.notices)


def test_a_quotes_link_does_not_reach_over_a_citation() -> None:
    post = parse("Cats sleep [@key] a lot.\n", generator="quarto").post
    assert post is not None
    assert post.gaps == ((10, 10),)
