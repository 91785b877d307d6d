// Where the panel stands: in the element, in a window beside the launcher, or in a sheet on a narrow screen.

const NARROW = matchMedia('(max-width: 40em), (max-height: 26em)');

/** Puts the panel where the host's mode wants it, opens and closes it. `onClosed` is called when it has closed. */
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

  /** Moves the panel after a change of mode; the conversation in it stays as it is. */
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

  /** Shows the panel and moves the focus into its input. */
  show() {
    const { dialog, input } = this.#view;
    if (!this.open) {
      this.#opener = document.activeElement;
      this.#host.setAttribute('open', '');
      this.#showDialog();
    }
    input.focus({ preventScroll: true });
  }

  /** Closes; the focus then goes to the element, or back to what had it before. */
  close(focused = this.#opener) {
    if (this.inline) return;
    this.#opener = focused;
    this.#view.dialog.close();
  }

  /** Gives the focus back to what had it before the panel opened. */
  giveBack() {
    const opener = this.#opener;
    const usable = opener?.isConnected && opener !== document.body && opener !== this.#host;
    (usable ? opener : this.#launcher).focus({ preventScroll: true });
    this.#opener = null;
  }

  /** Follows the window's shape and the on-screen keyboard until `leave`. */
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
