"""What a post's page adds to its HTML: colours, a way back from footnotes, tables that scroll, images from here."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.pages.dress import dress
from service.pages.highlight import highlight

TAG = re.compile(r"</?span[^>]*>")


def test_known_code_is_coloured_by_classes_alone() -> None:
    shown = highlight('def f(x):\n    return "a" + 1  # no', "python")
    assert '<span class="hl-keyword">def</span> <span class="hl-name">f</span>' in shown
    assert '<span class="hl-string">"' in shown
    assert '<span class="hl-comment"># no</span>' in shown
    assert "style" not in shown


def test_a_last_line_without_an_end_is_coloured_too() -> None:
    assert highlight("-a\n+b", "diff") == '<span class="hl-deleted">-a</span>\n<span class="hl-inserted">+b</span>'


@pytest.mark.parametrize("language", ["", "nosuchlanguage", "python" * 100, "../x", "<b>"])
def test_unknown_code_stays_as_it_is(language: str) -> None:
    assert highlight("if <b> & c", language) == "if &lt;b&gt; &amp; c"


@settings(deadline=None)
@given(
    st.text(max_size=300), st.sampled_from(["python", "js", "html", "bash", "diff", "yaml", "console", "jsx", "rust"])
)
def test_the_text_stays_the_same_to_the_letter(code: str, language: str) -> None:
    shown = highlight(code, language)
    assert unescape(TAG.sub("", shown)) == code
    assert "<" not in TAG.sub("", shown)


def test_very_long_code_is_not_coloured() -> None:
    assert "<span" not in highlight("x = 1\n" * 20_000, "python")


def test_code_in_a_post_is_coloured_and_code_in_a_sentence_is_not() -> None:
    html = (
        '<p><code class="language-python">if</code></p>'
        '<pre><code class="language-python">if a &lt; b &amp;&amp; c</code></pre>'
    )
    shown = dress(html, "p", ())
    assert shown.startswith('<p><code class="language-python">if</code></p><pre><code class="language-python"><span')
    assert unescape(TAG.sub("", shown)).endswith("if a < b && c</code></pre>")


def test_a_note_leads_back_to_where_it_is_referred_to() -> None:
    first = '<li id="fn:a">\n<p>One.</p>\n<ul><li>x</li></ul></li>'
    html = f'<ol class="footnotes">{first}<li id="fn:b"><p>Two.</p>\n</li></ol><ul><li>y</li></ul>'
    shown = dress(html, "p", ())
    back = ' <a class="note-back" href="#fnref:{}" aria-label="Back to the text">↩</a>'
    assert shown.count("note-back") == 2
    assert f"</ul>{back.format('a')}</li>" in shown
    assert f"<p>Two.{back.format('b')}</p></li>" in shown


def test_images_of_the_content_folder_come_from_here_and_tables_scroll() -> None:
    html = '<img src="a b.png" alt="x &quot;y&quot;"><img src="c.png" alt=""><table><tr><td>1</td></tr></table>'
    shown = dress(html, "one--post", (("a b.png", "images/a b.png"),))
    assert 'src="/posts/one--post/files/images/a%20b.png" alt="x &quot;y&quot;"' in shown
    assert 'src="c.png"' in shown
    assert '<div class="table"><table><tr><td>1</td></tr></table></div>' in shown


def test_what_needs_no_change_gets_none() -> None:
    link = '<a href="/z?a=1&amp;b=2" title="&quot;">z</a>'
    html = f'<h2 id="a">A &amp; B</h2>\n<p>x &lt;y&gt; {link}<br></p>\n<pre>\n\ncode</pre>'
    assert dress(html, "p", ()) == html
