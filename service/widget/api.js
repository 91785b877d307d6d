// The service's routes. Whatever goes wrong comes out as a Problem.

import { events } from './sse.js';

const GIVE_UP_MS = 60_000;

/**
 * Why there is no reply. `kind` is the name of its words: offline, unreachable, timeout, interrupted, limit (429),
 * starting (503), refused (the question is at fault), forbidden, missing (unknown post or route), failed, stopped.
 * `wait` is in seconds and only set by limit and starting; `detail` is the server's own sentence.
 */
export class Problem extends Error {
  constructor(kind, { detail = '', wait = 0, status = 0 } = {}) {
    super(detail || kind);
    Object.assign(this, { kind, detail, wait, status });
  }
}

const KINDS = { 400: 'refused', 403: 'forbidden', 404: 'missing', 413: 'refused', 422: 'refused', 429: 'limit', 503: 'starting' };
const WAITS = { limit: 30, starting: 2 };

function waitOf(response, kind) {
  const header = response.headers.get('Retry-After');
  const seconds = /^\d+$/.test(header ?? '') ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Math.min(Math.max(Math.ceil(seconds || WAITS[kind] || 0), 0), 3600);
}

async function problemOf(response) {
  const body = await response.json().catch(() => ({}));
  const kind = KINDS[response.status] ?? 'failed';
  const detail = [body.detail, ...(body.errors ?? []).map((error) => error?.detail)].find((text) => typeof text === 'string');
  return new Problem(kind, { detail, status: response.status, wait: waitOf(response, kind) });
}

async function streamed(response, onDelta) {
  for await (const { event, data } of events(response)) {
    if (event === 'answer') onDelta(data.delta);
    else if (event === 'done') return data;
    else if (event === 'error') throw new Problem(KINDS[data.status] ?? 'failed', { detail: data.detail, status: data.status });
  }
  throw new Problem('interrupted');
}

/** The service at `host.api`, spoken to by `host.fetch`. */
export class Api {
  #host;
  #absent = new Set();

  constructor(host) {
    this.#host = host;
  }

  /**
   * The reply to a body of `POST /ask`. `onDelta` is called with each piece of a streamed answer.
   * @throws {Problem}
   */
  async ask(body, { signal, onDelta }) {
    const timeout = AbortSignal.timeout(GIVE_UP_MS);
    let response;
    try {
      response = await this.#send('ask', body, AbortSignal.any([signal, timeout]), 'text/event-stream, application/json;q=0.9');
      if (!response.ok) throw await problemOf(response);
      const type = response.headers.get('Content-Type') ?? '';
      return await (type.startsWith('text/event-stream') ? streamed(response, onDelta) : response.json());
    } catch (error) {
      if (error instanceof Problem) throw error;
      if (signal.aborted) throw new Problem('stopped');
      if (timeout.aborted) throw new Problem('timeout');
      if (response) throw new Problem('interrupted');
      throw new Problem(navigator.onLine ? 'unreachable' : 'offline');
    }
  }

  /** Questions that the post (or, for null, the blog) answers; none when the service does not offer them. */
  async suggestions(post) {
    const query = post ? `?post=${encodeURIComponent(post)}` : '';
    const body = await this.#optional(`suggestions${query}`);
    return body?.suggestions?.filter((text) => typeof text === 'string') ?? [];
  }

  /** Whether the rating was taken: `{id, rating, reason?, note?}`. False for good once the route is found missing. */
  async feedback(body) {
    return (await this.#optional('feedback', body)) !== null;
  }

  /** Whether the route has not been found missing so far. */
  offers(route) {
    return !this.#absent.has(route);
  }

  async #optional(path, body) {
    const [route] = path.split('?');
    if (!this.offers(route)) return null;
    try {
      const response = await this.#send(path, body, AbortSignal.timeout(GIVE_UP_MS), 'application/json');
      if ([404, 405, 501].includes(response.status)) this.#absent.add(route);
      return response.ok ? await response.json().catch(() => ({})) : null;
    } catch {
      return null;
    }
  }

  #send(path, body, signal, accept) {
    return this.#host.fetch(new URL(path, this.#host.api).href, {
      method: body ? 'POST' : 'GET',
      headers: { Accept: accept, ...(body && { 'Content-Type': 'application/json' }) },
      body: body && JSON.stringify(body),
      credentials: 'omit',
      cache: 'no-store',
      signal,
    });
  }
}
