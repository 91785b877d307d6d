// Shows a quote on the page that is open: scrolls to it and marks it, in the site's own text.

import { anchored, findQuote } from './find.js';

const NAME = 'ask-post-quote';
let sheet = null;
let wrapped = [];

function paint(range) {
  sheet ??= new CSSStyleSheet();
  sheet.replaceSync(`
    ::highlight(${NAME}) { background-color: Mark; color: MarkText; }
    mark[data-ask-post] { background-color: Mark; color: MarkText; }
  `);
  if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  if ('highlights' in CSS) CSS.highlights.set(NAME, new Highlight(range));
  else wrap(range);
}

/** For browsers without highlights: a `<mark>` around each piece of text, so that no element of the site is split. */
function wrap(range) {
  const walker = document.createTreeWalker(range.commonAncestorContainer, NodeFilter.SHOW_TEXT);
  const pieces = [];
  for (let node = walker.currentNode; node; node = walker.nextNode()) {
    if (node.nodeType !== Node.TEXT_NODE || !range.intersectsNode(node)) continue;
    const start = node === range.startContainer ? range.startOffset : 0;
    const end = node === range.endContainer ? range.endOffset : node.data.length;
    if (node.data.slice(start, end).trim()) pieces.push([node, start, end]);
  }
  for (const [node, start, end] of pieces) {
    const piece = document.createRange();
    piece.setStart(node, start);
    piece.setEnd(node, end);
    const mark = document.createElement('mark');
    mark.dataset.askPost = '';
    piece.surroundContents(mark);
    wrapped.push(mark);
  }
}

/** Takes the mark away; the page is as it was. */
export function clearMark() {
  globalThis.CSS.highlights?.delete(NAME);
  for (const mark of wrapped) {
    const parent = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    parent?.normalize();
  }
  wrapped = [];
}

/**
 * Scrolls to the citation and marks its quote; the way back is the browser's. Returns the block that holds it, the
 * heading when only that is found (and nothing is marked), or null when the page holds neither.
 */
export function showQuote({ text, anchor }) {
  clearMark();
  const range = findQuote(text, anchor);
  const target = range ? range.startContainer.parentElement : anchored(anchor);
  if (!target) return null;
  // The state goes along: site routers keep their own there.
  history.pushState(history.state, '', anchor ? `#${encodeURIComponent(anchor)}` : location.href);
  for (let fold = target.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
  target.scrollIntoView({ block: 'center', behavior: 'instant' });
  const { top, bottom } = (range ?? target).getBoundingClientRect();
  // The block may be taller than the window.
  if (top < 0 || bottom > innerHeight) scrollBy({ top: top - innerHeight / 4, behavior: 'instant' });
  if (range) paint(range);
  return target;
}
