// Server-sent events from a fetch: frames may be split anywhere between two chunks.

function parse(frame) {
  let event = 'message';
  const data = [];
  for (const line of frame.split('\n')) {
    if (line.startsWith('event:')) event = line.slice(6).trim();
    else if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
  }
  return data.length ? { event, data: JSON.parse(data.join('\n')) } : null;
}

/** Yields `{event, data}` for each frame of the response, `data` parsed as JSON; comments are passed over. */
export async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    // A carriage return at the end may be half of a line end: it waits for its other half.
    buffer = (buffer + value).replace(/\r\n|\r(?!$)/g, '\n');
    const frames = buffer.split('\n\n');
    buffer = frames.pop();
    for (const frame of frames) {
      const parsed = parse(frame);
      if (parsed) yield parsed;
    }
  }
}
