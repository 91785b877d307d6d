// Search over all posts: the service's passages, as links to their sections.

const form = document.querySelector('.search');
const status = document.querySelector('.search-status');
const found = document.querySelector('.found');
let latest = 0;

function link(url) {
  const target = new URL(url, location.origin);
  return target.protocol === 'https:' || target.protocol === 'http:' ? target.href : '/';
}

function entry({ url, text, post, heading }) {
  const item = document.createElement('li');
  const anchor = document.createElement('a');
  const passage = document.createElement('p');
  anchor.href = link(url);
  anchor.textContent = [post.title, ...heading].join(' › ');
  passage.textContent = text;
  passage.dir = 'auto';
  item.append(anchor, passage);
  return item;
}

function show(message, passages) {
  status.textContent = message;
  found.replaceChildren(...passages.map(entry));
  found.hidden = passages.length === 0;
}

async function search(question) {
  const turn = ++latest;
  let message = 'The search cannot be reached just now.';
  let passages = [];
  try {
    const response = await fetch('/search', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ question }),
    });
    const body = await response.json();
    if (response.ok) {
      passages = body.passages;
      message = passages.length ? '' : 'Nothing found.';
    } else if (body.detail) message = body.detail;
  } catch {
    // The message says it.
  }
  if (turn === latest) show(message, passages);
}

form.hidden = false;
form.addEventListener('submit', (event) => {
  event.preventDefault();
  const question = form.elements.question.value.trim();
  if (question) search(question);
  else show('', []);
});
