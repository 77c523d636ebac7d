import { type Defects, recordsOf } from '../../../../src/sources/ndjson-records.ts';
import { parseLine } from '../../../../src/sources/record.ts';
import { streamed, twoCuts } from '../../material/cuts.ts';
import { LINES } from '../../material/records.ts';
import { same } from '../../material/same.ts';
import type { Target } from '../../target.ts';

export const target: Target = {
  holds: 'records are the same however the bytes come, for lines, arrays and saved answers alike',
  seeds: () => [
    `${LINES.slice(0, 3).join('\n')}\n`,
    `\ufeff[${LINES.slice(0, 2).join(',')}]`,
    `{"calls":[${LINES[3]},\n${LINES[4]}],"total":2,"truncated":true}`,
    `{\n"id":1,"ts":2,\n"proto":"http"}\n{"id":2,\n"a":["]}",{}]}`,
    `{"total":1,"calls":[{"a":"\\"}"}]}{"calls":[]}`,
  ],
  run: async (input) => {
    const bytes = Buffer.from(input);
    const whole = await read([bytes]);
    for (const chunks of twoCuts(bytes))
      same('another cut tells other records', await read(chunks), whole);
    for (const line of whole.records) if (line !== undefined) parseLine(line);
  },
};

async function read(chunks: readonly Uint8Array[]) {
  const defects: Defects = { cut: false, truncated: false };
  const records: (string | undefined)[] = [];
  for await (const batch of recordsOf(streamed(chunks), defects)) records.push(...batch);
  return { records, defects };
}
