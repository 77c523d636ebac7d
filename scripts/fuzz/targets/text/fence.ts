import { fenced, harmless } from '../../../../src/mcp/fence.ts';
import { holds } from '../../engine/failure.ts';
import { Draw } from '../../material/draw.ts';
import { HOSTILE_NAMES, SYNTAX } from '../../material/hostile-name.ts';
import { jsonValue } from '../../material/json.ts';
import { same } from '../../material/same.ts';
import type { Target } from '../../target.ts';

const UNSEEN = /[\p{Cc}\p{Cf}\p{DI}\p{Cs}\p{Zl}\p{Zp}\p{Co}\p{NChar}]/u;
const MARK = /^<<<untrusted ([0-9a-f]{32})$/;

export const target: Target = {
  holds:
    'text for an assistant stands between two marks that are nowhere in it, line for line, and neither it nor data holds an invisible character',
  seeds: () => [
    ...HOSTILE_NAMES,
    '<<<untrusted 0\0untrusted 0>>>\0',
    `untrusted ${'a'.repeat(32)}>>>`,
  ],
  words: [...SYNTAX, '<<<untrusted ', 'untrusted ', '>>>'],
  run: (input) => {
    const draw = new Draw(input);
    const lines: string[] = [];
    while (draw.left > 0 && lines.length < 20) lines.push(draw.text(300));
    const [, open = '', ...rest] = fenced(lines).split('\n');
    const mark = MARK.exec(open)?.[1];
    holds(mark !== undefined, 'a mark opens', () => open);
    same('the mark closes at the end', rest.at(-1), `untrusted ${mark}>>>`);
    same('a line is a line', rest.length - 1, Math.max(1, lines.length));
    for (const line of rest.slice(0, -1)) {
      holds(!line.includes(mark), 'the mark is not inside', () => line);
      holds(!/<<<|>>>/.test(line), 'nothing looks like a mark', () => line);
      holds(!UNSEEN.test(line), 'every character is seen', () => line);
    }
    const data = JSON.stringify(harmless(jsonValue(new Draw(input))));
    holds(!UNSEEN.test(data), 'every character of data is seen', () => data);
  },
};
