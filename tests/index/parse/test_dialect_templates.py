"""Liquid, kramdown and math: each row a construct, and what its reader sees."""

from __future__ import annotations

import pytest

from tests.index.parse.dialect import Row
from tests.index.parse.shown import lines, post

LIQUID = [
    Row(
        "highlight glued to its paragraph, indented, with comment lines",
        "Run this:\n{% highlight python linenos %}\n# not a heading\ndef f():\n    return 1\n"
        "{% endhighlight %}\nDone.\n",
        ["paragraph: Run this:", "code python: # not a heading\ndef f():\n    return 1", "paragraph: Done."],
    ),
    Row(
        "highlight whose end names the language too",
        "{% highlight ruby %}\nx = 1\n{% endhighlight ruby %}\n\nDone.\n",
        ["code ruby: x = 1", "paragraph: Done."],
    ),
    Row(
        "links made of tags",
        "See [the post]({{ site.baseurl }}{% post_url 2017-06-21-boats %}#knots) and [that]({% link a/b.mdx %}).\n",
        ["paragraph: See the post and that."],
    ),
    Row("an image made of a filter", "![Boat]({{ '/assets/x.svg' | relative_url }})\n\nHi.\n", ["paragraph: Hi."]),
    Row(
        "captions with apostrophes",
        "One.\n\n{% photo a.jpg I don't dip. %}\n\nTwo, and it isn't 'all'.\n\n"
        "{% photo b.jpg Don't ask. %}\n\nThree.\n",
        [
            *("paragraph: One.", "caption: I don't dip.", "paragraph: Two, and it isn't 'all'."),
            *("caption: Don't ask.", "paragraph: Three."),
        ],
        "pelican",
    ),
    Row(
        "Octopress and Pelican plug-ins",
        "{% img /images/x.png [A boat] %}\n\n{% video /v.mp4 640 320 /p.png %}\n\nHi.\n\n"
        "{% include_code f.py lang:python T %}\n",
        ["paragraph: Hi."],
    ),
    Row(
        "an escaped tag",
        "Write {% literal notebook a.ipynb %} here.\n",
        ["paragraph: Write {% notebook a.ipynb %} here."],
    ),
    Row(
        "raw",
        "Use {% raw %}`{{ x }}` or {{ y }}{% endraw %} here.\n",
        ["paragraph: Use {{ x }} or {{ y }} here."],
        "jekyll",
    ),
    Row("a comment", "A.\n\n{% comment %}\nsecret\n{% endcomment %}\n\nB.\n", ["paragraph: A.", "paragraph: B."]),
    Row("control flow", "{% if site.x %}\nYes.\n{% endif %}\n", ["paragraph: Yes."]),
    Row(
        "a caption of an include",
        '{% include figure.html src="x.png" caption="A *red* boat" %}\n\nHi.\n',
        ["caption: A red boat", "paragraph: Hi."],
    ),
    Row("a value", "By {{ page.author }} in {{ site.city | upcase }} town.\n", ["paragraph: By in town."]),
    Row(
        "a secret in code",
        "```yaml\nkey: ${{ secrets.TOKEN }}\n```\n",
        ["code yaml: key: ${{ secrets.TOKEN }}"],
        "jekyll",
    ),
    Row(
        "a template's name in inline code",
        "In `{{ cookiecutter.name }}` it is.\n",
        ["paragraph: In {{ cookiecutter.name }} it is."],
    ),
    Row(
        "a backtrace",
        "At `core::ops::{{closure}}` and `{{impl}}`.\n",
        ["paragraph: At core::ops::{{closure}} and {{impl}}."],
    ),
    Row("tags in a fence", "```jinja\n{% extends 'a' %}\n{{ b }}\n```\n", ["code jinja: {% extends 'a' %}\n{{ b }}"]),
    Row(
        "a tag that is not closed",
        "A {% broken and on.\n\nMore.\n",
        ["paragraph: A {% broken and on.", "paragraph: More."],
    ),
    Row("a template in raw HTML", '<a href="{{ site.url }}/x">Sail</a> on.\n', ["paragraph: Sail on."]),
]
KRAMDOWN = [
    Row(
        "contents",
        '{: class="table-of-content"}\n* TOC\n{:toc}\n\n## One\n\nHi.\n',
        ["## One", "paragraph: Hi."],
    ),
    Row(
        "an attribute list between a picture and its caption",
        '![boat](b.png)\n{: style="width: 600px;" class="center"}\n*A boat at sea.*\n\nHi.\n',
        ["paragraph: A boat at sea.", "paragraph: Hi."],
    ),
    Row(
        "a class behind a paragraph",
        "Mind the boom.\n{:.info}\n\nHi.\n",
        ["paragraph: Mind the boom.", "paragraph: Hi."],
    ),
    Row(
        "a class behind a table",
        '| a | b |\n|---|---|\n| 1 | 2 |\n{: class="info"}\n\nHi.\n',
        ["header: a | b", "row: 1 | 2", "paragraph: Hi."],
    ),
    Row("a list in a link", 'See [x](https://a.b){:target="_blank"} now.\n', ["paragraph: See x now."]),
    Row("numbers typed as prose", "(1) Reef.\n\n(0) Steer.\n", ["paragraph: (1) Reef.", "paragraph: (0) Steer."]),
    Row("escapes", r"\# data in \[-1,1\] of 384\*384" + "\n", ["paragraph: # data in [-1,1] of 384*384"]),
    Row(
        "a link inside code",
        '`with [tf.name_scope](https://a.b)("x"):` ends.\n',
        ['paragraph: with [tf.name_scope](https://a.b)("x"): ends.'],
    ),
    Row(
        "typography",
        'The price---the last--is "high" and it\'s up...\n{: .x}\n',
        ["paragraph: The price—the last–is “high” and it’s up…"],
    ),
    Row("a heading's id", "## Knots {#ties .no_toc}\n\nHi.\n", ["## Knots", "paragraph: Hi."]),
    Row(
        "options and comments",
        "{::options toc_levels='1' /}\nHi.\n\n{::comment}\nno\n{:/comment}\n\nBye.\n",
        ["paragraph: Hi.", "paragraph: Bye."],
    ),
    Row(
        "a list right below a paragraph",
        "Take:\n* rope\n* water\n",
        ["paragraph: Take:", "item: rope", "item: water"],
        "jekyll",
    ),
    Row("the end of a block", "- a\n\n^\n\n- b\n", ["item: a", "item: b"], "jekyll"),
    Row("a line that breaks", "One\\\\\nand *two*.\n", ["paragraph: One and two."], "jekyll"),
    Row("quotation marks", "He said <<aye *aye*>> and < 3.\n", ["paragraph: He said «aye aye» and < 3."], "jekyll"),
    Row(
        "a table without a header, and a border in code",
        "| a | `x | y` |\n| c \\| d | e |\n{: .wide}\n\nHi.\n",
        ["row: a | x | y", "row: c | d | e", "paragraph: Hi."],
        "jekyll",
    ),
    Row(
        "a table whose line below the header is shorter, in a post that tells of no generator",
        "| Day | | Miles |\n| --- | --- |\n| 24/3 | Aberdeen | 12 |\n",
        ["header: Day |  | Miles", "row: 24/3 | Aberdeen | 12"],
        "",
    ),
    Row(
        "a table of bodies and a footer",
        "|---|---|\n| a | b |\n|---|---|\n| c | d |\n|===|===|\n| e | f |\n",
        ["header: a | b", "row: c | d", "row: e | f"],
        "jekyll",
    ),
    Row(
        "a table with a header and bodies",
        "| H | I |\n|:--|--:|\n| a | b |\n|---|---|\n| c | d |\n|======\n| e | f |\n",
        ["header: H | I", "row: a | b", "row: c | d", "row: e | f"],
        "jekyll",
    ),
    Row("strong up to a letter", "**Note:**this is one.\n", ["paragraph: Note:this is one."], "jekyll"),
    Row(
        "Markdown below a closing tag",
        '<div class="x">\n<p>In.</p>\n</div>\nOut *now*.\n',
        ["paragraph: In.", "paragraph: Out now."],
        "jekyll",
    ),
]
MATH = [
    Row(
        "inline with two signs",
        "Of $$p_0, p_1, \\dots$$ and $$N_a*b*c$$ here.\n",
        ["paragraph: Of p_0, p_1, \\dots and N_a*b*c here."],
    ),
    Row(
        "display over lines",
        "So:\n\n$$\n\\begin{aligned}\na &= b \\\\\n\nc &= d\n\\end{aligned}\n$$\n\nDone.\n",
        ["paragraph: So:", "paragraph: \\begin{aligned} a &= b \\\\ c &= d \\end{aligned}", "paragraph: Done."],
    ),
    Row("MathJax", "Let \\\\( x_1*y*z \\\\) be.\n", ["paragraph: Let x_1*y*z be."]),
    Row("single signs", "With $x_i$ and $O(n^2)$ steps.\n", ["paragraph: With x_i and O(n^2) steps."]),
    Row(
        "money",
        "It cost $997k, then -$51,764, under $40,000 or $5-$10 in all.\n",
        ["paragraph: It cost $997k, then -$51,764, under $40,000 or $5-$10 in all."],
    ),
    Row(
        "signs of prices",
        "Ask for $$$ (not €€€).\n\nA [link](/a) and *more*, ($$$, see *above*).\n\nA $$ bar and a $$ *cook* of $$$.\n",
        [
            "paragraph: Ask for $$$ (not €€€).",
            "paragraph: A link and more, ($$$, see above).",
            "paragraph: A $$ bar and a $$ cook of $$$.",
        ],
    ),
    Row(
        "signs of prices, blocks apart",
        "It is $$ here.\n\nA [link](/a) to x_1.\n\nIt is $$ there.\n",
        ["paragraph: It is $$ here.", "paragraph: A link to x_1.", "paragraph: It is $$ there."],
    ),
    Row(
        "signs of prices, links and items",
        "It is $$ at [A](/a) and $$ at [B](/b). Food ($$) and *drinks* ($$).\n\n"
        "- [Ada](/ada): $$\n- [Bo](/bo): $$\n- [Cy](/cy): $$\n",
        [
            "paragraph: It is $$ at A and $$ at B. Food ($$) and drinks ($$).",
            *("item: Ada: $$", "item: Bo: $$", "item: Cy: $$"),
        ],
    ),
    Row(
        "signs of prices, cells",
        "| Who | What |\n|---|---|\n| [Ada](/ada_1) | $$ |\n| Bo | $$ |\n",
        ["header: Who | What", "row: Ada | $$", "row: Bo | $$"],
    ),
    Row(
        "formulas in a line",
        "For $$n - 1$$ values, *each* of the $$k$$ rows, $$(a, b)$$, with **bold** and [l](/b), $$|x|$$ and $$ n $$.\n",
        ["paragraph: For n - 1 values, each of the k rows, (a, b), with bold and l, |x| and n."],
    ),
    Row(
        "formulas in cells and items",
        "| A | B |\n|---|---|\n| $$n - 1$$ | $$(a, b)$$ |\n| $$x_1$$ | $$ P(A, B) $$ |\n\n- $$P(A, B)$$ is the joint\n",
        ["header: A | B", "row: n - 1 | (a, b)", "row: x_1 | P(A, B)", "item: P(A, B) is the joint"],
    ),
    Row(
        "a blank line in a formula that is not alone",
        "Text $$\na = b\n\nc = d\n$$ where *a* is.\n",
        ["paragraph: Text a = b c = d where a is."],
    ),
    Row(
        "words in a formula",
        "Where $$Accuracy = Right answers / All$$.\n",
        ["paragraph: Where Accuracy = Right answers / All."],
    ),
    Row(
        "variables and prompts",
        "Set $MY_VAR or $HOME/$USER.\n\n$ terraform init\n",
        ["paragraph: Set $MY_VAR or $HOME/$USER.", "paragraph: $ terraform init"],
    ),
    Row("a fence of math", "So:\n\n```math\na_1 = b\n```\n", ["paragraph: So:", "paragraph: a_1 = b"]),
    Row("in a list", "- where $a_b$ is\n- else\n", ["item: where a_b is", "item: else"]),
]


@pytest.mark.parametrize("row", LIQUID + KRAMDOWN + MATH, ids=lambda row: row.name)
def test_the_reader_sees(row: Row) -> None:
    assert lines(post(row.source, row.path, row.generator)) == row.seen
