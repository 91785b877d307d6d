// Thumbs under an answer: one click rates, a second takes it back, a thumb down may say why.

import { h, icon } from './dom.js';

const REASONS = ['incorrect', 'not_what_i_asked', 'other'];

/** Two buttons and, after a thumb down, a small form. `onRate(body)` resolves to whether the service took it. */
export function feedback(id, words, { onRate, announce, onMissing }) {
  let rating = null;
  const details = h('div', { class: 'why' });

  async function rate(body) {
    const taken = await onRate({ id, ...body });
    if (!taken) onMissing();
    return taken;
  }

  function thumb(value, name, label) {
    return h('button', { type: 'button', class: 'tool', part: 'tool', 'aria-pressed': 'false', 'aria-label': label, title: label, click: () => toggle(value) }, icon(name));
  }
  const buttons = { up: thumb('up', 'up', words.helpful), down: thumb('down', 'down', words.unhelpful) };

  async function toggle(value) {
    rating = rating === value ? null : value;
    for (const [name, button] of Object.entries(buttons)) button.setAttribute('aria-pressed', String(name === rating));
    details.replaceChildren(...(rating === 'down' ? [form()] : []));
    if ((await rate({ rating })) && rating === 'up') announce(words.thanks);
  }

  function form() {
    const choices = REASONS.map((reason) =>
      h('label', {}, h('input', { type: 'radio', name: `reason-${id}`, value: reason }), ' ', words[reason]));
    const note = h('textarea', { rows: 2, maxlength: 1000, 'aria-label': words.note, placeholder: words.note });
    const send = async (event) => {
      event.preventDefault();
      const reason = event.target.querySelector('input:checked')?.value;
      const body = { rating: 'down', ...(reason && { reason }), ...(note.value.trim() && { note: note.value.trim() }) };
      if (!(await rate(body))) return;
      const thanks = h('p', { class: 'note', tabindex: -1 }, words.thanks);
      details.replaceChildren(thanks);
      thanks.focus();
      announce(words.thanks);
    };
    return h('form', { submit: send },
      h('fieldset', {}, h('legend', {}, words.why), choices, note, h('button', { type: 'submit', class: 'button' }, words.submit)));
  }

  return { buttons: [buttons.up, buttons.down], details };
}
