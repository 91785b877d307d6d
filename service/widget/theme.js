// Light or dark as the page around is, whatever way the site has of choosing.

function luminance(color) {
  const [red, green, blue, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
  return alpha === 0 || red === undefined ? null : (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}

/** `light` or `dark`: the nearest background that the page paints, else what it says of itself. */
export function pageTheme() {
  for (const element of [document.body, document.documentElement]) {
    const { backgroundColor } = getComputedStyle(element);
    const light = backgroundColor.startsWith('rgb') ? luminance(backgroundColor) : null;
    if (light !== null) return light < 0.5 ? 'dark' : 'light';
  }
  const { colorScheme } = getComputedStyle(document.documentElement);
  const dark = colorScheme.includes('dark');
  if (dark && colorScheme.includes('light')) return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  return dark ? 'dark' : 'light';
}

/** Calls back when the page may have changed its looks; returns a function that ends it. */
export function watchPage(changed) {
  const media = matchMedia('(prefers-color-scheme: dark)');
  media.addEventListener('change', changed);
  const observer = new MutationObserver(changed);
  for (const element of [document.documentElement, document.body]) observer.observe(element, { attributes: true });
  return () => {
    media.removeEventListener('change', changed);
    observer.disconnect();
  };
}
