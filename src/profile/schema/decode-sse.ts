/** Events taken apart at most. */
const MAX_EVENTS = 10_000;

/**
 * The events of a `text/event-stream` (HTML Standard, 9.2.6): `{event, data, id?}`, data as JSON where
 * it is JSON. Comments and unfinished events are no events.
 */
export function decodeSse(text: string): unknown[] {
  const events: unknown[] = [];
  for (const block of text.split(/\r\n\r\n|\n\n|\r\r/)) {
    const event = decodeEvent(block);
    if (event) events.push(event);
    if (events.length >= MAX_EVENTS) break;
  }
  return events;
}

function decodeEvent(block: string): unknown {
  const data: string[] = [];
  const event: { [field: string]: unknown } = { event: 'message' };
  for (const line of block.split(/\r\n|\n|\r/)) {
    const colon = line.indexOf(':');
    if (colon === 0) continue;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') data.push(value);
    else if (field === 'event') event.event = value;
    else if (field === 'id') event.id = value;
  }
  if (data.length === 0) return undefined;
  const joined = data.join('\n');
  try {
    event.data = JSON.parse(joined);
  } catch {
    event.data = joined;
  }
  return event;
}
