// Shows a quote on the open page: finds it in the site's own text, scrolls there and marks it. Only letters and digits are
// compared, whatever spaces, quotation marks and links the site has there.

const NAME = 'ask-post-quote';
// The last is the number of a footnote.
const SKIPPED = 'script, style, noscript, template, textarea, select, svg, ask-post, [hidden], [aria-hidden="true"], sup:has(a)';
const BLOCK = 'li, p, tr, pre, dd, dt, figcaption';
const ENDS = 24;
let sheet = null;

function reduce(text, keep) {
  let letters = '';
  let at = 0;
  for (const character of text) {
    for (const letter of character.normalize('NFKD').toLowerCase()) {
      if (/[\p{L}\p{N}]/u.test(letter)) {
        letters += letter;
        for (let unit = 0; unit < letter.length; unit++) keep?.(at, character.length);
      }
    }
    at += character.length;
  }
  return letters;
}

function read(root) {
  const places = [];
  let letters = '';
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
    return node.matches(SKIPPED) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
  });
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    letters += reduce(node.data, (at, length) => places.push([node, at, length]));
  }
  return { letters, places };
}

/** The whole quote, best at the start of a block; else its first and last letters, about as far apart. */
function locate(letters, places, quote, from) {
  const all = [];
  for (let at = letters.indexOf(quote, from); at >= 0; at = letters.indexOf(quote, at + 1)) all.push(at);
  const starts = (at) => reduce(places[at][0].parentElement.closest(BLOCK)?.textContent ?? '').startsWith(quote);
  const whole = all.find(starts) ?? all[0];
  if (whole >= 0) return [whole, whole + quote.length];
  if (quote.length < 3 * ENDS) return null;
  const first = letters.indexOf(quote.slice(0, ENDS), from);
  const last = first < 0 ? -1 : letters.indexOf(quote.slice(-ENDS), first);
  return last >= 0 && last + ENDS - first <= quote.length * 1.5 ? [first, last + ENDS] : null;
}

function anchored(anchor) {
  return anchor ? document.getElementById(anchor) : null;
}

/** A range over the quote, best after the anchor; or null. */
function findQuote(text, anchor) {
  const quote = reduce(text);
  if (!quote) return null;
  const heading = anchored(anchor);
  for (const root of [...document.querySelectorAll('main, [role="main"], article'), document.body]) {
    const { letters, places } = read(root);
    const follows = ([node]) => heading?.compareDocumentPosition(node) === Node.DOCUMENT_POSITION_FOLLOWING;
    const after = places.findIndex(follows);
    const found = locate(letters, places, quote, Math.max(after, 0)) ?? locate(letters, places, quote, 0);
    if (!found) continue;
    const [first, start] = places[found[0]];
    const [last, end, length] = places[found[1] - 1];
    const range = document.createRange();
    range.setStart(first, start);
    range.setEnd(last, end + length + /^\p{P}*/u.exec(last.data.slice(end + length))[0].length);
    return range;
  }
  return null;
}

export function clearMark() {
  CSS.highlights?.delete(NAME);
}

/** Scrolls to the quote and marks it, else to its heading. Returns the element that holds it, or null. */
export function showQuote({ text, anchor }) {
  // Other browsers follow the link, and mark its text fragment themselves.
  if (!CSS.highlights) return null;
  clearMark();
  const range = findQuote(text, anchor);
  const target = range ? range.startContainer.parentElement : anchored(anchor);
  if (!target) return null;
  // The state goes along: site routers keep their own there.
  const url = new URL(location);
  url.hash = anchor ?? '';
  history.pushState(history.state, '', url);
  for (let fold = target.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
  target.scrollIntoView({ block: 'center', behavior: 'instant' });
  const { top, bottom } = (range ?? target).getBoundingClientRect();
  // The block may be taller than the window.
  if (top < 0 || bottom > innerHeight) scrollBy({ top: top - innerHeight / 4, behavior: 'instant' });
  if (range) CSS.highlights.set(NAME, new Highlight(range));
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(`::highlight(${NAME}) { background-color: #ffe58a; color: #1a1a1a; }`);
    document.adoptedStyleSheets.push(sheet);
  }
  return target;
}
