// Elements without markup: every string enters as text.

/** An element: functions among its attributes become listeners, strings among its children text; a class is a part too. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value != null && value !== false) element.setAttribute(name, value === true ? '' : value);
    if (name === 'class') element.setAttribute('part', value);
  }
  // What posts and reader say is in the page's language.
  if (attributes.dir || tag === 'bdi') element.lang = document.documentElement.lang;
  return put(element, ...children);
}

/** Puts the children in place of what the element held; lists are laid flat, what is empty or false is left out. */
export function put(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter(Boolean));
  return element;
}

const PATHS = {
  send: 'M12 19V5M5 12l7-7 7 7',
  stop: 'M7 7h10v10H7z',
  close: 'M6 6l12 12M18 6L6 18',
  clear: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  up: 'M7 11v9H4v-9zM7 11l4-8c2 0 3 1 2.5 3L13 9h6l1 2-2 8-2 1H7',
  down: 'M17 13V4h3v9zM17 13l-4 8c-2 0-3-1-2.5-3l.5-3H5l-1-2 2-8 2-1h9',
};

export function icon(name) {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  const path = document.createElementNS(namespace, 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

/** A button that shows an icon and is named by its words. */
export function tool(name, label, attributes) {
  return h('button', { type: 'button', class: 'tool', 'aria-label': label, title: label, ...attributes }, icon(name));
}
