// The panel: asks, shows, and keeps the conversation.

import { chips } from './answer.js';
import { Api } from './api.js';
import { Conversation, load, save } from './conversation.js';
import { h, put } from './dom.js';
import { createView, pageTheme, Place, watchPage } from './frame.js';
import { pageUrl } from './links.js';
import { clearMark, showQuote } from './mark.js';
import { createTurn } from './turn.js';
import { fill, loadWords } from './words.js';

const MAX_CHARS = 1_000;
const WARN_CHARS = 100;

function spoken(host) {
  return loadWords(host.lang || document.documentElement.lang || 'en', host.words);
}

/** The panel of an `<ask-post>`; rejects when a part of it cannot be fetched. */
export async function createPanel(host, root, launcher, base) {
  const style = new Promise((resolve, reject) => {
    root.append(h('link', { rel: 'stylesheet', href: `${base}widget/panel.css`, load: resolve, error: reject }));
  });
  const [language] = await Promise.all([spoken(host), style]);
  return new Panel(host, root, launcher, language);
}

class Panel {
  #host;
  #root;
  #view = createView();
  #place;
  #language;
  #api;
  #conversation;
  #request = null;
  #unwatch = null;
  #greeted = false;
  #waiting = '';

  constructor(host, root, launcher, language) {
    this.#host = host;
    this.#root = root;
    this.#api = new Api(host);
    this.#conversation = new Conversation(this.#api);
    this.#place = new Place(host, root, launcher, this.#view, () => this.#closed());
    this.#speak(language);
    this.#listen();
    this.#restore();
    this.enter();
    if (this.#place.inline) this.#greet();
  }

  async open() {
    this.#place.show();
    this.#settleMarkbar();
    this.#emit('ask:open', {});
    await this.#greet();
  }

  close() {
    this.#place.close();
  }

  /** The reply, or null when none came. `literal` leaves the turns before out of account, and words as typed. */
  async ask(question, { literal = false, typed = false } = {}) {
    const text = String(question).trim().slice(0, MAX_CHARS);
    if (!text) return null;
    if (!this.#place.open) this.open();
    this.#request?.abort();
    const request = (this.#request = new AbortController());
    const turn = createTurn(text, this.#context());
    this.#begin(turn);
    let partial = '';
    const onState = (name, values = {}) => {
      if (name === 'delta') partial = values.text;
      if (request !== this.#request) return;
      if (name !== 'delta') this.#waiting = fill(this.#language.words[name], values);
      turn.waiting(this.#waiting, partial);
      if (name === 'slow' || name === 'widening') this.#announce(this.#waiting);
    };
    try {
      const finished = await this.#conversation.ask(text, { post: this.#post(), literal, signal: request.signal, onState });
      turn.finished(finished);
      // What cannot be shown is not kept.
      this.#conversation.turns.push(finished);
      this.#announce([this.#language.words[finished.scope], finished.reply.answer].filter(Boolean).join(' '));
      this.#emit('ask:answer', { question: text, reply: finished.reply, scope: finished.scope });
      return finished.reply;
    } catch (problem) {
      const { input } = this.#view;
      const said = turn.failed(problem, partial, () => {
        this.#keepFocus(() => turn.element.remove());
        if (input.value.trim() === text) input.value = '';
        this.ask(text, { literal, typed });
      });
      // Another question has taken its place, and the input.
      if (request !== this.#request) return null;
      if (typed && !input.value) this.#type(text);
      this.#announce(said);
      if (problem.kind !== 'stopped') this.#emit('ask:error', { question: text, error: problem });
      return null;
    } finally {
      this.#end(request, turn);
    }
  }

  async update() {
    this.#place.settle(this.#root);
    this.#settleMarkbar();
    this.#dress();
    this.#speak(await spoken(this.#host));
  }

  enter() {
    this.#unwatch ??= watchPage(() => this.#dress());
    this.#place.enter();
    this.#dress();
  }

  leave() {
    this.#request?.abort();
    this.#place.leave();
    this.#unwatch?.();
    this.#unwatch = null;
  }

  #post() {
    return this.#host.post === 'auto' ? pageUrl() : this.#host.post;
  }

  #context() {
    return {
      ...this.#language,
      service: this.#host.api,
      post: () => this.#post(),
      announce: (text) => this.#announce(text),
      onAsk: (question, literal = false) => this.ask(question, { literal }),
      onShow: (citation) => this.#show(citation),
      onRate: async (body) => {
        const taken = await this.#api.feedback(body);
        if (taken) this.#emit('ask:feedback', body);
        return taken;
      },
    };
  }

  #speak(language) {
    this.#language = language;
    this.#view.say(language);
    this.#view.busy(this.#request !== null, language.words);
  }

  #dress() {
    const theme = this.#host.theme === 'auto' ? pageTheme() : this.#host.theme;
    for (const element of [this.#view.panel, this.#view.markbar]) element.dataset.theme = theme;
  }

  #listen() {
    const { panel, form, input, send, clear, close, unmark, back } = this.#view;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    send.addEventListener('click', (event) => {
      if (!this.#request) return;
      event.preventDefault();
      this.#request.abort();
    });
    input.addEventListener('keydown', (event) => {
      // Enter also ends the composition of a Japanese or Vietnamese word.
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#submit();
    });
    input.addEventListener('input', () => this.#typed());
    panel.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.isComposing || this.#place.inline) return;
      event.preventDefault();
      event.stopPropagation();
      this.close();
    });
    clear.addEventListener('click', () => this.#clear());
    close.addEventListener('click', () => this.close());
    unmark.addEventListener('click', () => this.#unmark());
    back.addEventListener('click', () => this.open());
    window.addEventListener('pagehide', () => this.#save());
  }

  #submit() {
    const { input } = this.#view;
    const text = input.value;
    if (!text.trim()) return;
    this.#type('');
    this.ask(text, { typed: true });
  }

  #type(text) {
    this.#view.input.value = text;
    this.#typed();
  }

  #typed() {
    const { input, left } = this.#view;
    const remaining = MAX_CHARS - input.value.length;
    left.textContent = remaining <= WARN_CHARS ? fill(this.#language.words.left, { n: remaining }) : '';
  }

  #begin(turn) {
    const { words } = this.#language;
    this.#keepFocus(() => (this.#view.intro.hidden = true));
    this.#view.log.append(turn.element);
    this.#view.busy(true, words);
    this.#scrollTo(turn);
    this.#canClear();
  }

  #end(request, turn) {
    if (request !== this.#request) return;
    this.#request = null;
    this.#view.busy(false, this.#language.words);
    this.#scrollTo(turn);
    this.#save();
  }

  /** A button that goes away with the focus would leave the reader nowhere. */
  #keepFocus(change) {
    const held = this.#root.activeElement;
    change();
    if (!held || held.checkVisibility()) return;
    if (this.#place.open) this.#view.log.focus({ preventScroll: true });
    else this.#place.giveBack();
  }

  #scrollTo(turn) {
    const { log } = this.#view;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const top = log.scrollTop + turn.element.getBoundingClientRect().top - log.getBoundingClientRect().top;
    log.scrollTo({ top, behavior: calm ? 'instant' : 'smooth' });
  }

  #restore() {
    const { turns, draft } = load(this.#host.api);
    for (const kept of turns) {
      const turn = createTurn(kept.question, this.#context());
      turn.finished(kept);
      this.#view.log.append(turn.element);
    }
    this.#conversation.turns = turns;
    this.#view.intro.hidden = turns.length > 0;
    this.#type(draft);
    this.#canClear();
    requestAnimationFrame(() => (this.#view.log.scrollTop = this.#view.log.scrollHeight));
  }

  #save() {
    save(this.#host.api, { turns: this.#conversation.turns, draft: this.#view.input.value });
  }

  #clear() {
    const { log, intro } = this.#view;
    this.#request?.abort();
    this.#conversation.turns = [];
    log.replaceChildren(intro);
    intro.hidden = false;
    this.#unmark();
    this.#save();
    this.#canClear();
    this.#greet();
  }

  /** The button keeps the focus when it is of no use. */
  #canClear() {
    const { clear, log } = this.#view;
    clear.ariaDisabled = log.childElementCount === 1;
  }

  async #greet() {
    if (this.#greeted || this.#view.intro.hidden) return;
    this.#greeted = true;
    const questions = await this.#api.suggestions(this.#post());
    put(this.#view.ideas, chips(questions, this.#context()));
  }

  #closed() {
    this.#place.giveBack();
    this.#settleMarkbar();
    this.#save();
  }

  /** Whether the open page could show the quote. */
  #show(citation) {
    const target = showQuote(citation);
    if (!target) return false;
    this.#view.markbar.hidden = false;
    this.#announce(this.#language.words.marked);
    window.addEventListener('popstate', () => this.#unmark(), { once: true });
    if (this.#place.sheet && this.#place.open) {
      // The sheet covered the quote: reading goes on there, not at the launcher.
      if (target.tabIndex < 0) target.tabIndex = -1;
      this.#place.close(target);
    }
    this.#settleMarkbar();
    return true;
  }

  #unmark() {
    clearMark();
    this.#keepFocus(() => (this.#view.markbar.hidden = true));
  }

  #settleMarkbar() {
    const { markbar, panel, form, back } = this.#view;
    const { open } = this.#place;
    back.hidden = open;
    markbar.classList.toggle('afloat', !open);
    if (open && markbar.parentNode !== panel) form.before(markbar);
    else if (!open && markbar.parentNode === panel) this.#root.append(markbar);
  }

  #announce(text) {
    const { status } = this.#view;
    status.textContent = '';
    requestAnimationFrame(() => (status.textContent = text));
  }

  #emit(name, detail) {
    this.#host.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }
}
