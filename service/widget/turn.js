// One question with what stands under it: waiting, an answer, or what went wrong.

import { answer, plainText } from './answer.js';
import { h, icon } from './dom.js';
import { feedback } from './feedback.js';
import { fill } from './words.js';

async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Pages without HTTPS have no clipboard object.
    const area = h('textarea', { readonly: true }, text);
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
}

/** The element of a turn and the three things that can be shown in it. `context` as in answer.js, with api and announce. */
export function createTurn(question, context) {
  const { words } = context;
  const body = h('div', { class: 'answer', part: 'answer' });
  const element = h('div', { class: 'turn', part: 'turn' },
    h('p', { class: 'question', part: 'question', dir: 'auto' }, h('span', { class: 'unseen' }, `${words.you} `), question),
    body);

  function waiting(text, partial = '') {
    element.setAttribute('aria-busy', 'true');
    const wait = h('p', { class: 'waiting' }, h('span', { class: 'pulse', 'aria-hidden': 'true' }), text);
    body.replaceChildren(...(partial ? [h('p', { class: 'words', dir: 'auto' }, partial)] : []), wait);
  }

  function finished(turn) {
    element.removeAttribute('aria-busy');
    const copy = h('button', { type: 'button', class: 'tool', part: 'tool', 'aria-label': words.copy, title: words.copy, click: async () => {
      await toClipboard(plainText(turn, context.service));
      context.announce(words.copied);
      copied.textContent = words.copied;
      setTimeout(() => (copied.textContent = ''), 2_000);
    } }, icon('copy'));
    const copied = h('span', { class: 'note' });
    const tools = h('div', { class: 'tools' }, copy);
    body.replaceChildren(...answer(turn, context), tools);
    if (turn.reply.id && context.api.offers('feedback') && turn.reply.reason !== 'not_a_question') {
      const thumbs = feedback(turn.reply.id, words, {
        announce: context.announce,
        onRate: context.onRate,
        onMissing: () => context.api.offers('feedback') || [...thumbs.buttons, thumbs.details].forEach((part) => part.remove()),
      });
      tools.append(...thumbs.buttons);
      body.append(thumbs.details);
    }
    tools.append(copied);
  }

  /** Returns the sentence that is shown; `onRetry` asks again. A limit counts down before that is possible. */
  function failed(problem, partial, onRetry) {
    element.removeAttribute('aria-busy');
    const stopped = problem.kind === 'stopped';
    const message = h('p', {}, '');
    const retry = h('button', { type: 'button', class: 'button', click: onRetry }, icon('retry'), words.retry);
    const say = (seconds) => {
      const text = fill(words[problem.kind] ?? words.failed, { seconds });
      message.textContent = problem.kind === 'refused' && problem.detail ? `${text} ${problem.detail}` : text;
      return message.textContent;
    };
    body.replaceChildren(
      ...(partial ? [h('p', { class: 'words', dir: 'auto' }, partial)] : []),
      h('div', { class: stopped ? 'stopped' : 'error', part: 'error' }, message, problem.kind === 'refused' ? '' : retry),
    );
    if (problem.kind === 'limit') countDown(problem.wait, say, retry, () => (message.textContent = words.ready));
    return say(problem.wait);
  }

  function countDown(seconds, say, retry, done) {
    retry.disabled = true;
    const until = Date.now() + seconds * 1_000;
    const timer = setInterval(() => {
      const left = Math.ceil((until - Date.now()) / 1_000);
      if (left > 0 && element.isConnected) return say(left);
      clearInterval(timer);
      retry.disabled = false;
      return done();
    }, 1_000);
  }

  return { element, waiting, finished, failed };
}
