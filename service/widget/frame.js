// The panel's frame: its fixed parts, and how they stand in the page: in the element, in a window, or in a sheet on a
// narrow screen; light or dark as the page around.

import { h, icon, tool } from './dom.js';

const NARROW = matchMedia('(max-width: 40em), (max-height: 26em)');

/** The elements by name; `say` labels them. */
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
  const markbar = h('div', { class: 'markbar', role: 'region', hidden: true }, back, unmark);

  const panel = h('div', { class: 'panel' }, header, log, markbar, form, status);
  const dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'title' });
  const view = { panel, dialog, title, clear, close, intro, ideas, log, form, input, send, left, status, markbar, back, unmark };

  function named(button, text) {
    button.ariaLabel = button.title = text;
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
    log.ariaLabel = words.log;
    markbar.ariaLabel = words.marked;
  };
  return view;
}

export class Place {
  #host;
  #view;
  #launcher;
  #opener = null;
  #events = null;

  constructor(host, root, launcher, view, onClosed) {
    this.#host = host;
    this.#view = view;
    this.#launcher = launcher;
    root.append(view.dialog);
    view.dialog.addEventListener('close', () => {
      // In another shape or place it is not closed for the reader.
      if (view.dialog.open || !host.hasAttribute('open')) return;
      host.removeAttribute('open');
      onClosed();
    });
    view.dialog.addEventListener('click', (event) => event.target === view.dialog && this.close());
    this.settle(root);
  }

  get inline() { return this.#host.mode === 'inline'; }
  get open() { return this.inline || this.#view.dialog.open; }
  get sheet() { return !this.inline && NARROW.matches; }

  settle(root) {
    const { panel, dialog, log, close } = this.#view;
    const { scrollTop } = log;
    close.hidden = this.inline;
    const parent = this.inline ? root : dialog;
    if (panel.parentNode === parent) return;
    this.#host.removeAttribute('open');
    dialog.close();
    parent.append(panel);
    // In the dialog the name is the dialog's.
    panel.role = this.inline ? 'region' : null;
    panel.setAttribute('aria-labelledby', this.inline ? 'title' : '');
    log.scrollTop = scrollTop;
  }

  show() {
    const { dialog, input } = this.#view;
    if (!this.open) {
      this.#opener = document.activeElement;
      this.#host.setAttribute('open', '');
      this.#showDialog();
    }
    input.focus({ preventScroll: true });
  }

  close(focused = this.#opener) {
    if (this.inline) return;
    this.#opener = focused;
    this.#view.dialog.close();
  }

  giveBack() {
    const opener = this.#opener;
    const usable = opener?.isConnected && opener !== document.body && opener !== this.#host;
    (usable ? opener : this.#launcher).focus({ preventScroll: true });
    this.#opener = null;
  }

  enter() {
    if (this.#events) return;
    this.#events = new AbortController();
    const { signal } = this.#events;
    NARROW.addEventListener('change', () => this.#reshape(), { signal });
    for (const name of ['resize', 'scroll']) {
      visualViewport.addEventListener(name, () => this.#clearKeyboard(), { signal });
    }
  }

  leave() {
    this.#events?.abort();
    this.#events = null;
  }

  #showDialog() {
    const { dialog } = this.#view;
    // The sheet covers the page, which must not take the focus.
    if (this.sheet) dialog.showModal();
    else dialog.show();
    this.#clearKeyboard();
  }

  #reshape() {
    const { dialog } = this.#view;
    if (!dialog.open) return;
    const { activeElement } = dialog.getRootNode();
    dialog.close();
    this.#showDialog();
    activeElement?.focus({ preventScroll: true });
  }

  #clearKeyboard() {
    const { height, offsetTop, scale } = visualViewport;
    const hidden = scale > 1 ? 0 : Math.max(0, innerHeight - height - offsetTop);
    this.#view.dialog.style.setProperty('--_keyboard', `${Math.round(hidden)}px`);
  }
}

const DARK = matchMedia('(prefers-color-scheme: dark)');

/** `dark` or `light`, by the background that the page paints, else by what it says of itself. */
export function pageTheme() {
  for (const element of [document.body, document.documentElement]) {
    const { backgroundColor } = getComputedStyle(element);
    const [first, second, third, alpha = 1] = backgroundColor.match(/[\d.]+/g).map(Number);
    // Other colour spaces begin with the lightness, to 1 or to 100.
    const rgb = backgroundColor.startsWith('rgb');
    const lightness = rgb ? (0.2 * first + 0.7 * second + 0.1 * third) / 255 : first > 1 ? first / 100 : first;
    if (alpha) return lightness < 0.5 ? 'dark' : 'light';
  }
  const scheme = getComputedStyle(document.documentElement).colorScheme;
  return scheme.includes('dark') && (DARK.matches || !scheme.includes('light')) ? 'dark' : 'light';
}

/** Calls back when the page may have changed its looks; returns what ends it. */
export function watchPage(changed) {
  const observer = new MutationObserver(changed);
  for (const element of [document.documentElement, document.body]) observer.observe(element, { attributes: true });
  DARK.addEventListener('change', changed);
  return () => {
    DARK.removeEventListener('change', changed);
    observer.disconnect();
  };
}
