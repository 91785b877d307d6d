// How the panel stands in its page: in the element, in a window beside the launcher, or in a sheet on a narrow screen; and
// as light or dark as the page around, whatever way the site has of choosing.

const NARROW = matchMedia('(max-width: 40em), (max-height: 26em)');

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
      // Shown again in its other shape, or moved inline, it is not closed for the reader.
      if (view.dialog.open || !host.hasAttribute('open')) return;
      host.removeAttribute('open');
      onClosed();
    });
    this.#view.dialog.addEventListener('click', (event) => event.target === view.dialog && this.close());
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
    if (this.inline) {
      panel.setAttribute('role', 'region');
      panel.setAttribute('aria-labelledby', 'title');
    } else {
      panel.removeAttribute('role');
      panel.removeAttribute('aria-labelledby');
    }
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
      globalThis.visualViewport?.addEventListener(name, () => this.#clearKeyboard(), { signal });
    }
  }

  leave() {
    this.#events?.abort();
    this.#events = null;
  }

  #showDialog() {
    const { dialog } = this.#view;
    // On a narrow screen the sheet covers the page, so the page must not take the focus behind it.
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
    // Other colour spaces than rgb() begin with the lightness, to 1 or to 100.
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
