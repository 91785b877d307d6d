// The service's routes. Whatever goes wrong comes out as a Problem.

const GIVE_UP_MS = 60_000;

/** Why there is no reply: `kind` names its words, `wait` is in seconds, `detail` the server's own sentence. */
export class Problem extends Error {
  constructor(kind, detail = '', wait = 0) {
    super(detail || kind);
    Object.assign(this, { kind, detail, wait });
  }
}

const KINDS = { 400: 'refused', 404: 'missing', 413: 'refused', 422: 'refused', 429: 'limit', 503: 'starting' };
const WAITS = { limit: 30, starting: 2 };

function problemOf({ status, detail }, wait) {
  const kind = KINDS[status] ?? 'failed';
  return new Problem(kind, detail, Number(wait) || WAITS[kind]);
}

function parse(frame) {
  let event = 'message';
  const data = [];
  for (const line of frame.split('\n')) {
    if (line.startsWith('event:')) event = line.slice(6).trim();
    else if (line.startsWith('data:')) data.push(line.slice(5));
  }
  return data.length ? { event, data: JSON.parse(data.join('\n')) } : null;
}

/** `{event, data}` of each frame; a frame may be split anywhere between two chunks. */
async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    // A carriage return at the end may be half of a line end.
    buffer = (buffer + value).replace(/\r\n|\r(?!$)/g, '\n');
    const frames = buffer.split('\n\n');
    buffer = frames.pop();
    for (const frame of frames) {
      const parsed = parse(frame);
      if (parsed) yield parsed;
    }
  }
}

async function streamed(response, onDelta) {
  for await (const { event, data } of events(response)) {
    if (event === 'answer') onDelta(data.delta);
    else if (event === 'done') return data;
    else if (event === 'error') throw problemOf(data);
  }
  throw new Problem('interrupted');
}

export class Api {
  #host;

  constructor(host) {
    this.#host = host;
  }

  /** The reply to a body of `POST /ask`, else throws a Problem; `onDelta` gets each piece of a streamed answer. */
  async ask(body, { signal, onDelta }) {
    const timeout = AbortSignal.timeout(GIVE_UP_MS);
    let response;
    try {
      response = await this.#send('ask', body, AbortSignal.any([signal, timeout]), 'text/event-stream, application/json');
      if (!response.ok) {
        const { detail } = await response.json().catch(() => ({}));
        throw problemOf({ status: response.status, detail }, response.headers.get('Retry-After'));
      }
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

  /** Questions that the post, or for null the blog, answers. */
  async suggestions(post) {
    const query = post ? `?post=${encodeURIComponent(post)}` : '';
    const body = await this.#optional(`suggestions${query}`);
    return body?.suggestions?.filter((text) => typeof text === 'string') ?? [];
  }

  /** Whether the rating was taken. */
  async feedback(body) {
    return (await this.#optional('feedback', body)) !== null;
  }

  async #optional(path, body) {
    try {
      const response = await this.#send(path, body, AbortSignal.timeout(GIVE_UP_MS), 'application/json');
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
