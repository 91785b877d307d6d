// One question, and under it: waiting, an answer with its tools, or what went wrong.

import { answer, plainText } from './answer.js';
import { h, put, tool } from './dom.js';
import { fill } from './words.js';

const REASONS = ['incorrect', 'not_what_i_asked', 'other'];

/** The thumbs, and where one that is down may say why. */
function feedback(id, { words, announce, onRate }) {
  let rating = null;
  const details = h('div');
  const said = h('p', { class: 'note' });
  const up = thumb('up', words.helpful);
  const down = thumb('down', words.unhelpful);

  function thumb(value, label) {
    return tool(value, label, { 'aria-pressed': 'false', click: () => toggle(value) });
  }

  async function rate(body) {
    const taken = await onRate({ id, ...body });
    said.textContent = taken ? '' : words.unsent;
    if (!taken) announce(words.unsent);
    return taken;
  }

  function show(chosen) {
    rating = chosen;
    up.ariaPressed = rating === 'up';
    down.ariaPressed = rating === 'down';
    put(details, rating === 'down' && form(), said);
    if (rating) details.scrollIntoView({ block: 'nearest' });
  }

  async function toggle(value) {
    const before = rating;
    show(rating === value ? null : value);
    if (!(await rate({ rating }))) show(before);
    else if (rating === 'up') announce(words.thanks);
  }

  function form() {
    const choices = REASONS.map((reason) =>
      h('label', {}, h('input', { type: 'radio', name: 'reason', value: reason }), words[reason]));
    const note = h('textarea', { name: 'note', rows: 2, maxlength: 1000, 'aria-label': words.note, placeholder: words.note });
    const submit = async (event) => {
      event.preventDefault();
      const given = [...new FormData(event.target)].filter(([, value]) => value.trim());
      if (!(await rate({ rating, ...Object.fromEntries(given) }))) return;
      const thanks = h('p', { class: 'note', tabindex: -1 }, words.thanks);
      details.replaceChildren(thanks);
      thanks.focus();
    };
    return h('form', { submit }, h('fieldset', {},
      h('legend', {}, words.why), choices, note, h('button', { class: 'button' }, words.submit)));
  }

  return [up, down, details];
}

/** The element of a turn, and what can be shown in it. */
export function createTurn(question, context) {
  const { words } = context;
  const body = h('div', { class: 'answer' });
  const element = h('div', { class: 'turn' },
    h('p', { class: 'question' }, h('span', { class: 'unseen' }, `${words.you} `), h('bdi', {}, question)),
    body);

  const begun = (partial) => partial && h('p', { class: 'words', dir: 'auto' }, partial);

  function waiting(text, partial = '') {
    element.ariaBusy = true;
    put(body, begun(partial), h('p', { class: 'waiting' }, h('span', { class: 'pulse', 'aria-hidden': 'true' }), text));
  }

  function finished(turn) {
    element.ariaBusy = null;
    const copied = h('span', { class: 'note' });
    const copy = async () => {
      const written = navigator.clipboard.writeText(plainText(turn, context.service));
      const said = await written.then(() => words.copied, () => words.uncopied);
      context.announce(said);
      copied.textContent = said;
      setTimeout(() => copied.replaceChildren(), 4_000);
    };
    const { id, reason } = turn.reply;
    const [up, down, details] = id && reason !== 'not_a_question' ? feedback(id, context) : [];
    const tools = h('div', { class: 'tools' }, navigator.clipboard && tool('copy', words.copy, { click: copy }), up, down, copied);
    put(body, answer(turn, context), tools, details);
  }

  /** Returns the sentence that is shown. */
  function failed({ kind, detail, wait }, partial, onRetry) {
    element.ariaBusy = null;
    const message = h('p');
    const retry = h('button', { type: 'button', class: 'button', click: onRetry }, words.retry);
    const say = (seconds) => (message.textContent = fill(words[kind] ?? words.failed, { seconds, detail }));
    put(body, begun(partial),
      h('div', { class: kind === 'stopped' ? 'note' : 'error' }, message, kind !== 'refused' && retry));
    if (kind === 'limit') {
      const until = Date.now() + wait * 1_000;
      retry.disabled = true;
      const timer = setInterval(() => {
        const seconds = Math.ceil((until - Date.now()) / 1_000);
        if (seconds > 0) return say(seconds);
        clearInterval(timer);
        retry.disabled = false;
        message.textContent = words.ready;
        context.announce(words.ready);
      }, 1_000);
    }
    return say(wait);
  }

  return { element, waiting, finished, failed };
}
