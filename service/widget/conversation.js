// The turns, and what of them this tab keeps: storage may be forbidden or full.

import { Problem } from './api.js';

const SLOW_MS = 4_000;
const STARTING_MS = 180_000;
const MAX_MESSAGES = 20;
const MAX_CHARS = 4_000;
const KEPT_TURNS = 10;

function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new Problem('stopped'));
    }, { once: true });
  });
}

export class Conversation {
  #api;

  turns = [];

  constructor(api) {
    this.#api = api;
  }

  history() {
    return this.turns
      .flatMap(({ question, reply }) => [['user', question], ['assistant', reply.answer]])
      .filter(([, content]) => content)
      .map(([role, content]) => ({ role, content: String(content).slice(0, MAX_CHARS) }))
      .slice(-MAX_MESSAGES);
  }

  /**
   * The turn `{question, reply, scope}`, else throws a Problem. `scope`: `page` or `blog` as asked, `elsewhere` when the
   * page declined and the blog answered, `nowhere` when both declined. `onState` hears what happens meanwhile.
   */
  async ask(question, { post, literal = false, signal, onState }) {
    const history = literal ? [] : this.history();
    const request = async (where) => {
      onState('delta', { text: '' });
      let text = '';
      const slow = setTimeout(() => onState('slow'), SLOW_MS);
      try {
        const reply = await this.#patient(
          { question, history, ...(literal && { literal }), ...(where && { post: where }) },
          { signal, onState, onDelta: (delta) => onState('delta', { text: (text += delta) }) },
        );
        if (signal.aborted) throw new Problem('stopped');
        return reply;
      } finally {
        clearTimeout(slow);
      }
    };

    onState('searching');
    return post
      ? this.#pageFirst(question, post, request, onState)
      : { question, reply: await request(null), scope: 'blog' };
  }

  async #pageFirst(question, post, request, onState) {
    let reply;
    try {
      reply = await request(post);
    } catch (problem) {
      // The owner named a post that the index does not know.
      if (problem.kind !== 'missing') throw problem;
      return { question, reply: await request(null), scope: 'blog' };
    }
    if (reply.answered || !['not_in_post', 'off_topic'].includes(reply.reason)) return { question, reply, scope: 'page' };
    onState('widening');
    const wider = await request(null).catch((problem) => {
      if (problem.kind === 'stopped') throw problem;
      // The page's own reply is better than none.
      return {};
    });
    if (wider.answered) return { question, reply: wider, scope: 'elsewhere' };
    const others = new Set(wider.passages?.map((passage) => passage.post?.id)).size > 1;
    return { question, reply, scope: others && reply.reason === 'not_in_post' ? 'nowhere' : 'page' };
  }

  async #patient(body, { signal, onState, onDelta }) {
    const until = Date.now() + STARTING_MS;
    for (;;) {
      try {
        return await this.#api.ask(body, { signal, onDelta });
      } catch (problem) {
        if (problem.kind !== 'starting') throw problem;
        if (Date.now() > until) throw new Problem('timeout');
        for (let seconds = Math.max(problem.wait, 1); seconds > 0; seconds--) {
          onState('starting', { seconds });
          await pause(1_000, signal);
        }
        onState('searching');
      }
    }
  }
}

export function load(service) {
  try {
    const { turns, draft } = JSON.parse(sessionStorage.getItem(`ask-post ${service}`));
    const whole = ({ question, reply }) => typeof question === 'string' && typeof reply.answer === 'string';
    return { turns: turns.filter(whole), draft: String(draft) };
  } catch {
    return { turns: [], draft: '' };
  }
}

export function save(service, { turns, draft }) {
  try {
    sessionStorage.setItem(`ask-post ${service}`, JSON.stringify({ turns: turns.slice(-KEPT_TURNS), draft }));
  } catch {
    // The conversation then lives as long as the page.
  }
}
