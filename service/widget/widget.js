// The loader: defines <ask-post>, shows the launcher, and fetches the panel when it is first opened.
// A classic script, so that one tag without type="module" is enough to embed it.
(() => {
  const script = document.currentScript ?? document.querySelector('script[src*="widget.js"]');
  const service = new URL('.', script?.src || location.href).href;

  // What the launcher says, and when the panel cannot be fetched.
  const WORDS = {
    en: ['Ask this blog', 'Not reachable. Try again'],
    vi: ['Hỏi blog này', 'Không kết nối được. Thử lại'],
    de: ['Diesen Blog fragen', 'Nicht erreichbar. Erneut versuchen'],
    es: ['Pregunta al blog', 'Sin conexión. Reintentar'],
    fr: ['Interroger ce blog', 'Injoignable. Réessayer'],
    ar: ['اسأل المدونة', 'تعذّر الاتصال. أعد المحاولة'],
    ja: ['このブログに質問', '接続できません。再試行'],
  };

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; font-family: var(--ask-font, inherit); line-height: 1.5; }
    :host([hidden]) { display: none; }
    :host([mode="inline"]) { display: block; min-block-size: 20em; }
    .launcher {
      all: unset; box-sizing: border-box; position: fixed; z-index: var(--ask-z, 2147483000);
      inset-block-end: calc(var(--ask-inset, 20px) + env(safe-area-inset-bottom));
      inset-inline-end: calc(var(--ask-inset, 20px) + env(safe-area-inset-right));
      display: inline-flex; align-items: center; gap: .5em; min-block-size: 48px; max-inline-size: calc(100vw - 40px);
      padding: .5em 1.15em .5em .95em; border: 1px solid transparent; border-radius: 999px; cursor: pointer;
      font-size: .9375em; font-weight: 600; line-height: 1.3; overflow-wrap: anywhere;
      color: var(--ask-on-accent, #fff); background: var(--ask-accent, #17585f);
      box-shadow: 0 1px 2px #0003, 0 6px 20px #0003;
    }
    .launcher:hover { filter: brightness(1.12); }
    .launcher:focus-visible { outline: 3px solid var(--ask-accent, #17585f); outline-offset: 3px; box-shadow: 0 0 0 3px #fff; }
    .launcher::before { content: ""; flex: none; inline-size: 15px; block-size: 15px; border: 2px solid; border-radius: 50% 50% 50% 0; }
    .launcher[aria-busy="true"]::after { content: "…" / ""; }
    :host([mode="inline"]) .launcher { position: static; }
    :host([open]) .launcher, :host([mode="inline"]) .launcher:not(.failed) { display: none; }
    @media print { :host { display: none !important; } }
  `);

  class AskPost extends HTMLElement {
    static observedAttributes = ['mode', 'post', 'lang', 'dir', 'theme', 'words'];

    #root = this.attachShadow({ mode: 'open' });
    #launcher = document.createElement('button');
    #loading = null;
    #panel = null;
    #attempts = 0;

    constructor() {
      super();
      this.#root.adoptedStyleSheets = [sheet];
      this.#launcher.className = 'launcher';
      this.#launcher.type = 'button';
      this.#launcher.setAttribute('part', 'launcher');
      this.#launcher.ariaHasPopup = 'dialog';
      this.#launcher.ariaLive = 'polite';
      this.#launcher.addEventListener('click', () => this.open());
      this.#root.append(this.#launcher);
    }

    connectedCallback() {
      for (const name of ['api', 'post', 'mode', 'theme', 'words']) this.#upgrade(name);
      this.#label(0);
      if (this.mode === 'inline') this.#load();
      this.#panel?.enter();
    }

    disconnectedCallback() {
      this.#panel?.leave();
    }

    attributeChangedCallback() {
      if (this.isConnected) this.connectedCallback();
      this.#panel?.update();
    }

    /** Where the service is: the script's own origin unless the attribute says otherwise. */
    get api() {
      const value = this.getAttribute('api');
      return value ? new URL(`${value}/`.replace(/\/+$/, '/'), location).href : service;
    }
    set api(value) { this.setAttribute('api', value); }

    /** A post's id or URL, `auto` for the open page, null for the whole blog. */
    get post() { return this.getAttribute('post') || null; }
    set post(value) { value == null ? this.removeAttribute('post') : this.setAttribute('post', value); }

    get mode() { return this.getAttribute('mode') === 'inline' ? 'inline' : 'launcher'; }
    set mode(value) { this.setAttribute('mode', value); }

    /** `light`, `dark`, or `auto` for what the page around looks like. */
    get theme() { return this.getAttribute('theme') || 'auto'; }
    set theme(value) { this.setAttribute('theme', value); }

    /** Words that replace the language's own, by their names in words.js; JSON in the attribute. */
    get words() {
      try {
        return JSON.parse(this.getAttribute('words')) ?? {};
      } catch {
        return {};
      }
    }
    set words(value) { this.setAttribute('words', JSON.stringify(value)); }

    /** The one way to the network, for an owner or a test to replace. */
    fetch(input, init) { return window.fetch(input, init); }

    async open() { await (await this.#load())?.open(); }

    close() { this.#panel?.close(); }

    /** Opens the panel and asks; the promise is of the reply, or of null when none came. */
    async ask(question) { return (await (await this.#load())?.ask(question)) ?? null; }

    #upgrade(name) {
      if (!Object.hasOwn(this, name)) return;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }

    #load() {
      return (this.#loading ??= this.#fetchPanel());
    }

    async #fetchPanel() {
      this.#launcher.ariaBusy = true;
      // A browser may remember that a module failed; another address asks again.
      const again = this.#attempts++ ? `?again=${this.#attempts}` : '';
      try {
        const { createPanel } = await import(`${service}widget/panel.js${again}`);
        this.#panel = await createPanel(this, this.#root, this.#launcher, service);
        this.#label(0);
      } catch (error) {
        this.#loading = null;
        this.#label(1);
        this.dispatchEvent(new CustomEvent('ask:error', { bubbles: true, composed: true, detail: { error } }));
      }
      this.#launcher.ariaBusy = null;
      return this.#panel;
    }

    #label(which) {
      const lang = (this.lang || document.documentElement.lang).slice(0, 2).toLowerCase();
      this.#launcher.classList.toggle('failed', which);
      this.#launcher.textContent = (!which && this.words.launcher) || (WORDS[lang] ?? WORDS.en)[which];
    }
  }

  if (!customElements.get('ask-post')) customElements.define('ask-post', AskPost);

  // `data-post` asks for an element; every data-* attribute becomes one of its own.
  function insert() {
    if (document.querySelector('ask-post')) return;
    const element = document.createElement('ask-post');
    for (const [name, value] of Object.entries(script.dataset)) element.setAttribute(name, value);
    document.body.append(element);
  }
  if (script?.dataset.post !== undefined) {
    if (document.body && document.readyState !== 'loading') insert();
    else document.addEventListener('DOMContentLoaded', insert, { once: true });
  }
})();
