import { secretNames } from '../../../../src/calls/secret-names.ts';
import { fitsGlob, matchGlob } from '../../../../src/support/glob.ts';
import { holds } from '../../engine/failure.ts';
import { Draw } from '../../material/draw.ts';
import { same } from '../../material/same.ts';
import type { Target } from '../../target.ts';

export const target: Target = {
  holds:
    'a pattern fits exactly the texts that a table of all prefixes says it fits, its stars put in its places give the text, and no pattern takes long',
  seeds: () => [
    'a*b\0aXb',
    '*\0',
    'orders GET /*/items/*\0orders GET /1/items/2',
    '**a**\0aaa',
    'a*a\0a',
  ],
  words: ['*', '**', '.*', '(', '[', '\\', '?', '$', '^'],
  run: (input) => {
    const draw = new Draw(input);
    const [pattern, text] = [draw.text(200), draw.text(400)];
    const stars = matchGlob(pattern, text);
    same('it fits what the table says', stars !== undefined, fitsByTable(pattern, text));
    same('both ways to ask agree', fitsGlob(pattern, text), stars !== undefined);
    if (stars) {
      let next = 0;
      same(
        'stars in their places give the text',
        pattern.replace(/\*/g, () => stars[next++] ?? '?'),
        text,
      );
      same('each star has its part', next, stars.length);
    }
    holds(
      secretNames([text])(text) || /^[^\p{L}\p{N}*]*$/u.test(text) || text.includes('*'),
      'a name is itself',
      () => text,
    );
    const hostile = `${`*${pattern}`.repeat(40)}x`;
    matchGlob(hostile, text.repeat(200));
  },
};

/** Whether each prefix of the pattern fits each prefix of the text: slow, and plain. */
function fitsByTable(pattern: string, text: string): boolean {
  let row = Array.from({ length: text.length + 1 }, (_, at) => at === 0);
  for (const mark of pattern.split('')) {
    const next = new Array<boolean>(text.length + 1).fill(false);
    for (let at = 0; at <= text.length; at++) {
      next[at] =
        mark === '*'
          ? row[at] === true || (at > 0 && next[at - 1] === true)
          : at > 0 && row[at - 1] === true && text[at - 1] === mark;
    }
    row = next;
  }
  return row[text.length] === true;
}
