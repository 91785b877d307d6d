"""A post's HTML as its page shows it: code in colour, tables that scroll, images from here, a way back from footnotes.

What comes in is safe already (index.parse), and nothing but fixed markup is added.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from urllib.parse import quote

from service.pages.highlight import highlight

_KEPT_POSTS = 64
_LANGUAGE = "language-"
_NOTE = "fn:"


@lru_cache(_KEPT_POSTS)
def dress(html: str, post: str, images: tuple[tuple[str, str], ...]) -> str:
    """The HTML of the post with this id for its page.

    :param images: (`src` in the HTML, path in the content folder) of each image that is served from here.
    """
    dresser = _Dresser({src: f"/posts/{quote(post)}/files/{quote(path)}" for src, path in images})
    dresser.feed(html)
    dresser.close()
    return "".join(dresser.out)


class _Dresser(HTMLParser):
    """Copies well-formed HTML, and changes it on the way."""

    def __init__(self, images: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self._images = images
        self._items: list[str] = []
        self._in_pre = False
        # The language and the text of the code block that is being read.
        self._language = ""
        self._code: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Copy the tag, or what stands for it on the page."""
        given = {name: value or "" for name, value in attrs}
        if tag == "img":
            self.out.append(self._image(given))
            return
        if tag == "table":
            self.out.append('<div class="table">')
        elif tag == "li":
            self._items.append(given.get("id", ""))
        elif tag == "code" and self._in_pre and given.get("class", "").startswith(_LANGUAGE):
            self._language = given["class"].split()[0].removeprefix(_LANGUAGE)
            self._code = []
        self._in_pre = tag == "pre"
        self.out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        """Copy the tag, with what belongs before or after it."""
        if tag == "code" and self._code is not None:
            self.out.append(highlight("".join(self._code), self._language))
            self._code = None
        elif tag == "li" and self._items:
            name = self._items.pop()
            if name.startswith(_NOTE):
                self._return_to(name.removeprefix(_NOTE))
        self._in_pre = False
        self.out.append(f"</{tag}>")
        if tag == "table":
            self.out.append("</div>")

    def handle_data(self, data: str) -> None:
        """Copy text."""
        (self.out if self._code is None else self._code).append(data)

    def handle_entityref(self, name: str) -> None:
        """Copy an entity; in code it becomes its letter again."""
        if self._code is None:
            self.out.append(f"&{name};")
        else:
            self._code.append(_ENTITIES.get(name, f"&{name};"))

    def _image(self, given: dict[str, str]) -> str:
        given["src"] = self._images.get(given.get("src", ""), given.get("src", ""))
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in given.items())
        return f'<img{attributes} decoding="async">'

    def _return_to(self, note: str) -> None:
        """A link at the end of the note's last paragraph."""
        link = f' <a class="note-back" href="#fnref:{escape(note)}" aria-label="Back to the text">↩</a>'
        while self.out and self.out[-1].isspace():
            self.out.pop()
        last = len(self.out) - (bool(self.out) and self.out[-1] == "</p>")
        self.out.insert(last, link)


# The ones that index.parse writes.
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">"}
