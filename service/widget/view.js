// The panel's fixed parts and their words.

import { h, icon, tool } from './dom.js';

/** The elements by name, with `say`, which labels them in a language. */
export function createView() {
  const title = h('h2', { id: 'title', class: 'title' });
  const clear = tool('clear');
  const close = tool('close');
  const header = h('div', { class: 'header' }, title, clear, close);

  const hello = h('p', { class: 'hello' });
  const ideas = h('div');
  const intro = h('div', { class: 'intro' }, hello, ideas);
  const log = h('div', { class: 'log', role: 'log', 'aria-live': 'off', tabindex: 0 }, intro);

  const label = h('label', { for: 'question', class: 'unseen' });
  const input = h('textarea', {
    id: 'question', class: 'input', rows: 1, maxlength: 1000, enterkeyhint: 'send', autocomplete: 'off', 'aria-describedby': 'left',
  });
  const send = h('button', { type: 'submit', class: 'send' });
  const left = h('p', { id: 'left', class: 'left' });
  const form = h('form', { class: 'form' }, label, input, send, left);

  // What screen readers hear; the log stays silent, so that nothing is said twice.
  const status = h('p', { class: 'unseen', role: 'status' });

  const back = h('button', { type: 'button', class: 'plain' });
  const unmark = h('button', { type: 'button', class: 'plain' });
  const markbar = h('div', { class: 'markbar', role: 'group', hidden: true }, back, unmark);

  const panel = h('div', { class: 'panel' }, header, log, markbar, form, status);
  const dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'title' });
  const view = { panel, dialog, title, clear, close, intro, ideas, log, form, input, send, left, status, markbar, back, unmark };

  function named(button, text) {
    button.setAttribute('aria-label', text);
    button.title = text;
  }

  view.busy = (busy, words) => {
    send.replaceChildren(icon(busy ? 'stop' : 'send'));
    named(send, busy ? words.stop : words.send);
    send.classList.toggle('busy', busy);
  };

  view.say = ({ words, lang, dir }) => {
    for (const element of [panel, markbar]) {
      element.lang = lang;
      element.dir = dir;
    }
    title.textContent = words.title;
    hello.textContent = words.intro;
    label.textContent = words.label;
    input.placeholder = words.placeholder;
    back.textContent = words.back;
    unmark.textContent = words.unmark;
    named(clear, words.clear);
    named(close, words.close);
    log.setAttribute('aria-label', words.log);
    markbar.setAttribute('aria-label', words.marked);
  };
  return view;
}
