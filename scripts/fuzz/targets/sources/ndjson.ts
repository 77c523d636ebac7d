import { recordsOf } from '../../../../src/sources/ndjson-records.ts';
import { recordsAlike } from '../../material/record-file.ts';
import { LINES } from '../../material/records.ts';
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
  run: (input) => recordsAlike(Buffer.from(input), recordsOf),
};
