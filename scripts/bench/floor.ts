import { bytesOfFile } from '../../src/sources/ndjson-bytes.ts';
import { linesOf } from '../../src/sources/ndjson-lines.ts';
import { MAX_LINE_BYTES } from '../../src/sources/record.ts';

interface Parsed {
  readonly req_body?: unknown;
  readonly resp_body?: unknown;
}

/**
 * The floor: what it takes merely to read a capture, cut it into lines and `JSON.parse` each call and
 * its bodies. Returns how many calls there were.
 */
export async function floor(path: string): Promise<number> {
  let calls = 0;
  for await (const lines of linesOf(bytesOfFile(path), MAX_LINE_BYTES)) {
    for (const { text } of lines) {
      const record = JSON.parse(text) as Parsed;
      if (typeof record.req_body === 'string') JSON.parse(record.req_body);
      if (typeof record.resp_body === 'string') JSON.parse(record.resp_body);
      calls++;
    }
  }
  return calls;
}
