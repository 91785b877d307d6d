// Addresses: which may be followed, and which lead to the page that is open.

/** The address as a URL of http(s), or null. One that starts with a slash is on the service, whatever follows. */
export function safeUrl(value, service) {
  try {
    const url = value.startsWith('/') ? new URL(`.${value}`, service) : new URL(value);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
  } catch {
    return null;
  }
}

/** The open page's canonical address. */
export function pageUrl() {
  const canonical = document.querySelector('link[rel~="canonical"]')?.href;
  const url = new URL(/^https?:/.test(canonical ?? '') ? canonical : location.href);
  url.hash = '';
  return url.href;
}

function place(url) {
  return url && url.host + url.pathname.replace(/\/(index\.html?)?$/, '').replace(/\.html?$/, '');
}

/** Whether the post is on the open page; `asked` is the id or URL that the element names. */
export function isHere(post, asked, service) {
  const target = place(safeUrl(post?.url, service));
  if (!target) return false;
  const own = asked !== null && (post.id === asked || post.url === asked);
  return own || target === place(new URL(location.href)) || target === place(new URL(pageUrl()));
}
