import { parseCommandLine } from '../../../../src/commands/parse-command-line.ts';
import { VERBS } from '../../../../src/commands/verbs.ts';
import { parsePlace } from '../../../../src/store/place.ts';
import { UsageError } from '../../../../src/support/errors.ts';
import { holds } from '../../engine/failure.ts';
import { same } from '../../material/same.ts';
import type { Target } from '../../target.ts';

export const target: Target = {
  holds:
    'arguments and places of a baseline are read, or refused with UsageError in one visible line; a path in a repository stays inside it',
  seeds: () => [
    ...Object.keys(VERBS).map((verb) => `${verb}\0--help`),
    'compare\0a.json\0b.json\0--json\0--min-samples\0\x33\x30',
    'verify\0--baseline=git:refs/heads/x:a/b.json\0--window=10m\0--\0-x',
    'git:main:a/../b\0s3://bucket/key?region=eu&endpoint=http://h\0artifact:name',
  ],
  words: [
    '--',
    '=',
    'git:',
    's3://',
    'artifact:',
    '..',
    '/',
    '?endpoint=',
    '__proto__',
    '-o',
    '--json',
  ],
  run: (input) => {
    const args = Buffer.from(input).toString('utf8').split('\0');
    const read = refusedOr(() => parseCommandLine(args));
    same(
      'arguments are read the same',
      refusedOr(() => parseCommandLine(args)),
      read,
    );
    for (const arg of args) {
      const place = refusedOr(() => parsePlace(arg));
      if (place?.kind !== 'git') continue;
      const parts = place.path.split('/');
      holds(
        !parts.some((part) => ['', '.', '..', '.git'].includes(part.toLowerCase())),
        'a path stays inside',
        () => place.path,
      );
      holds(
        !/[\0-\x20\x7f~^:?*[\\]|\.\.|@\{/.test(place.ref),
        'a ref is one of git',
        () => place.ref,
      );
    }
  },
};

function refusedOr<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    holds(
      !/[\p{Cc}\p{Cf}]/u.test(error.message),
      'an error is one visible line',
      () => error.message,
    );
    return undefined;
  }
}
