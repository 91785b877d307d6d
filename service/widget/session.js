// What outlives a page in this tab: the turns and the words not yet sent. Storage may be forbidden or full.

const KEY = 'ask-post';
const MAX_TURNS = 10;

/** `{turns, draft}` as last saved in this tab for this service; empty ones when there is nothing. */
export function load(service) {
  try {
    const { turns, draft } = JSON.parse(sessionStorage.getItem(`${KEY} ${service}`));
    return { turns: turns.filter(({ question, reply }) => typeof question === 'string' && typeof reply.answer === 'string'), draft: String(draft) };
  } catch {
    return { turns: [], draft: '' };
  }
}

export function save(service, { turns, draft }) {
  try {
    sessionStorage.setItem(`${KEY} ${service}`, JSON.stringify({ turns: turns.slice(-MAX_TURNS), draft }));
  } catch {
    // The conversation then lives as long as the page.
  }
}
