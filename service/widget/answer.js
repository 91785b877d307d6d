// A reply as elements: the template's words, the quotes set apart, and where they are from.

import { h } from './dom.js';
import { isHere, safeUrl } from './links.js';
import { fill } from './words.js';

const SHOWN_SECTIONS = 3;
const ONLY_MARKS = /^[\s\p{P}\p{S}]*$/u;

function written(date, lang) {
  const parsed = new Date(date ?? '');
  return Number.isNaN(parsed.valueOf()) ? '' : parsed.toLocaleDateString(lang, { dateStyle: 'medium', timeZone: 'UTC' });
}

/** A link to a citation or a passage; plain text when its address may not be followed. */
function link(target, context, content, attributes = {}) {
  const url = safeUrl(target.url, context.service);
  if (!url) return h('span', attributes, content);
  const click = (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || !isHere(target.post, context.post(), context.service)) return;
    if (context.onShow(target)) event.preventDefault();
  };
  return h('a', { href: url.href, click, ...attributes }, content);
}

// The first heading often says what the title says.
function places({ post, heading = [] }) {
  return [post?.title, ...heading].filter((name, index, all) => name && name !== all[index - 1]);
}

function source(target, context) {
  const path = places(target);
  const date = written(target.post?.date, context.lang);
  const names = path.map((name, index) => [index > 0 && ' › ', h('bdi', {}, name)]);
  return h('cite', { class: 'source' },
    link(target, context, names), date && [' ', h('time', { datetime: target.post.date }, date)]);
}

function mark(citation, context) {
  const label = fill(context.words.source, { n: citation.n });
  return link(citation, context, String(citation.n), { class: 'mark', 'aria-label': label });
}

const SHAPES = { list_item: ['ul', 'li'], row: ['table', 'tr'], code: ['pre', 'code'] };

/** Citations of one section, each in the shape that it has in the post. */
function quote(citations, context) {
  const body = h('blockquote', { dir: 'auto' });
  for (const citation of citations) {
    const { kind, text } = citation;
    const [outer, inner] = SHAPES[kind] ?? [null, 'p'];
    const item = h(inner, {}, kind === 'row' ? text.split(' | ').map((cell) => h('td', {}, cell)) : text);
    if (citations.length > 1) (item.lastElementChild ?? item).append(' ', mark(citation, context));
    if (outer && (kind === 'code' || body.lastElementChild?.localName !== outer)) {
      body.append(h(outer, { tabindex: kind === 'code' ? 0 : null }));
    }
    (outer ? body.lastElementChild : body).append(item);
  }
  return h('figure', { class: 'quote' }, body, h('figcaption', {}, source(citations[0], context)));
}

const section = ({ post, anchor }) => `${post?.id} ${anchor}`;

/** `parts` as strings and arrays: neighbouring citations of one section are brought together. */
function pieces(reply) {
  const citations = new Map(reply.citations?.map((citation) => [citation.n, citation]));
  const parts = reply.parts?.length ? reply.parts : [{ text: reply.answer ?? '' }];
  const joined = [];
  for (const { text, cite } of parts) {
    const citation = citations.get(cite);
    const last = joined.at(-1);
    if (citation) {
      citations.delete(cite);
      if (Array.isArray(last) && section(last[0]) === section(citation)) last.push(citation);
      else joined.push([citation]);
    } else if (text && !(reply.answered && ONLY_MARKS.test(text))) joined.push(text);
  }
  // A citation that no part names still belongs to the answer.
  return [...joined, ...[...citations.values()].map((citation) => [citation])];
}

function sections(reply, context) {
  const seen = new Set(reply.citations?.map(section));
  const links = [];
  for (const passage of reply.passages ?? []) {
    if (seen.has(section(passage)) || links.length === SHOWN_SECTIONS) continue;
    seen.add(section(passage));
    links.push(h('li', {}, source(passage, context)));
  }
  if (!links.length) return [];
  const list = h('ul', { class: 'sections' }, links);
  return reply.answered
    ? h('details', {}, h('summary', {}, context.words.more), list)
    : [h('p', { class: 'label' }, context.words.closest), list];
}

/** Questions as buttons that ask them. */
export function chips(questions, context) {
  if (!questions?.length) return [];
  const buttons = questions.slice(0, 4).map((question) =>
    h('li', {}, h('button', { type: 'button', class: 'chip', dir: 'auto', click: () => context.onAsk(question) }, question)));
  return [h('p', { class: 'label' }, context.words.try), h('ul', { class: 'chips' }, buttons)];
}

/** What stands under the question, as children for `put`. */
export function answer({ question, reply, scope }, context) {
  const { words } = context;
  const meant = reply.interpreted_as;
  return [
    meant && meant !== question && h('p', { class: 'note' },
      fill(words.meant, { question: meant }), ' ',
      h('button', { type: 'button', class: 'plain', click: () => context.onAsk(question, true) }, words.literal)),
    scope === 'elsewhere' && h('p', { class: 'note' }, words.elsewhere),
    reply.answered && reply.confidence?.level === 'low' && h('p', { class: 'note' }, words.unsure),
    pieces(reply).map((piece) =>
      Array.isArray(piece) ? quote(piece, context) : h('p', { class: 'words', dir: 'auto' }, piece.trim())),
    scope === 'nowhere' && h('p', { class: 'words' }, words.nowhere),
    sections(reply, context),
    !reply.answered && chips(reply.suggestions, context),
  ];
}

export function plainText({ question, reply }, service) {
  const lines = (reply.citations ?? []).map((citation) => {
    return `[${citation.n}] ${places(citation).join(' › ')} ${safeUrl(citation.url, service)?.href ?? ''}`.trim();
  });
  return [question, '', reply.answer, ...(lines.length ? ['', ...lines] : [])].join('\n');
}
