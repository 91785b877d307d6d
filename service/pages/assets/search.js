// Search over all posts while the reader types: the service's passages, as links to their sections. Without it the form
// sends the words, and the server shows the same.

const form = document.querySelector('.search');
const field = form.elements.search;
const status = document.querySelector('.search-status');
const found = document.querySelector('.found');
const PAUSE_MS = 250;
// Each search counts towards what an address may ask, so none is sent twice, and none of a letter or two.
const MIN_CHARS = 3;
const known = new Map();
let request = null;
let timer = 0;

function link(url) {
  const target = new URL(url, location.origin);
  return target.protocol === 'https:' || target.protocol === 'http:' ? target.href : '/';
}

function entry({ url, text, post, heading }) {
  const item = document.createElement('li');
  const anchor = document.createElement('a');
  const passage = document.createElement('p');
  anchor.href = link(url);
  // The first heading often says what the title says.
  anchor.textContent = [post.title, ...heading].filter((name, at, all) => name !== all[at - 1]).join(' › ');
  const name = heading.at(-1) ?? '';
  passage.textContent = (text.startsWith(name) ? text.slice(name.length) : text).trim().replace(/\n+/g, '\n');
  passage.dir = 'auto';
  item.append(anchor, passage);
  return item;
}

function show(message, passages) {
  status.textContent = message;
  found.replaceChildren(...passages.map(entry));
  found.hidden = passages.length === 0;
}

function count(passages) {
  if (!passages.length) return 'Nothing found.';
  return `${passages.length} passage${passages.length === 1 ? '' : 's'}`;
}

// So that a reload, or coming back from a post, shows the same again.
function remember(words) {
  const address = new URL(location);
  if (words) address.searchParams.set('search', words);
  else address.searchParams.delete('search');
  history.replaceState(history.state, '', address);
}

async function search(words) {
  clearTimeout(timer);
  request?.abort();
  remember(words);
  if (!words || known.has(words)) {
    const passages = known.get(words) ?? [];
    show(words ? count(passages) : '', passages);
    return;
  }
  const { signal } = (request = new AbortController());
  let message = 'The search cannot be reached just now.';
  try {
    const response = await fetch('/search', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ question: words }),
      signal,
    });
    const body = await response.json();
    if (response.ok) {
      known.set(words, body.passages);
      show(count(body.passages), body.passages);
      return;
    }
    message = body.detail ?? message;
  } catch {
    // The message says it.
  }
  if (!signal.aborted) show(message, []);
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  search(field.value.trim());
});
field.addEventListener('input', () => {
  const words = field.value.trim();
  clearTimeout(timer);
  if (words && words.length < MIN_CHARS) return;
  timer = setTimeout(search, words ? PAUSE_MS : 0, words);
});
