"""What a browser has marked in a page for a text fragment: seen, word by word, in a picture of the page.

No interface tells it, so the mark gets a colour of its own, and the middle of each word is looked at.
"""

from __future__ import annotations

import base64
import re
import unicodedata

from playwright.sync_api import Page

_STYLE = "<style>::target-text { background-color: rgb(255 0 255); color: rgb(255 0 255) }</style>"
# The words that are read, without the numbers of footnotes, and where their middles are.
_WORDS = """() => {
  const found = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (const details of document.querySelectorAll('details')) details.open = true;
  while (texts.nextNode()) {
    const node = texts.currentNode;
    if (node.parentElement.closest('script, style, .footnote-ref')) continue;
    for (const word of node.data.matchAll(/\\S+/g)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const box = range.getClientRects()[0];
      if (box?.width) found.push([word[0], box.left + scrollX + box.width / 2, box.top + scrollY + box.height / 2]);
    }
  }
  return found;
}"""
_COLOURED = """async ([png, points]) => {
  const picture = await createImageBitmap(await (await fetch('data:image/png;base64,' + png)).blob());
  const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
  context.drawImage(picture, 0, 0);
  const pixels = context.getImageData(0, 0, picture.width, picture.height).data;
  return points.map(([x, y]) => {
    const at = (Math.floor(y) * picture.width + Math.floor(x)) * 4;
    return pixels[at] > 200 && pixels[at + 1] < 60 && pixels[at + 2] > 200;
  });
}"""
_LOOKS, _BETWEEN_MS = 20, 50
# Of the pictures: small ones are soon made, and a word's middle shows in them too.
SCALE = 0.5


def marked(page: Page, looker: Page, html: str, directives: list[str], expected: list[str]) -> str:
    """The marked words, in the order of the page, as `bare` text, once all that are expected are among them.

    :param page: of a context with `SCALE`.
    :param looker: a second page, which looks at the pictures of the first.
    """
    address = "http://post.example/"
    coloured_html = html.replace("</head>", f"{_STYLE}</head>")
    page.route(address + "*", lambda route: route.fulfill(body=coloured_html, content_type="text/html"))
    page.goto("about:blank")
    page.goto(f"{address}#:~:" + "&".join(f"text={found}" for found in directives), wait_until="domcontentloaded")
    words = page.evaluate(_WORDS)
    seen = ""
    # The browser looks for the texts one after another, once it has the page.
    for _ in range(_LOOKS):
        page.wait_for_timeout(_BETWEEN_MS)
        png = base64.b64encode(page.screenshot(full_page=True)).decode()
        coloured = looker.evaluate(_COLOURED, [png, [[x * SCALE, y * SCALE] for _, x, y in words]])
        seen = bare("".join(word for (word, _, _), is_seen in zip(words, coloured, strict=True) if is_seen))
        if all(said in seen for said in expected):
            break
    page.unroute(address + "*")
    return seen


def bare(text: str) -> str:
    """The text without white space and the borders of cells, its quotation marks and ligatures as they are compared."""
    folded = unicodedata.normalize("NFKC", text).translate(str.maketrans("“”‘’", "\"\"''", "\u200b\xad"))
    return re.sub(r"[\s|]+", "", folded)
