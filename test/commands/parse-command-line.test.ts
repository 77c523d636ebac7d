import { describe, expect, it } from 'vitest';
import { helpText } from '../../src/commands/help.ts';
import { optionNames, optionOf } from '../../src/commands/options.ts';
import { parseCommandLine } from '../../src/commands/parse-command-line.ts';
import { verbNames } from '../../src/commands/verbs.ts';

const parse = (line: string) => parseCommandLine(line === '' ? [] : line.split(' '));

describe('parseCommandLine', () => {
  it('reads verb, options and captures in any order', () => {
    expect(parse('compare --json a.ndjson --min-samples=5 --report-dir out -')).toEqual({
      kind: 'command',
      verb: 'compare',
      given: new Map([
        ['json', 'true'],
        ['min-samples', '5'],
        ['report-dir', 'out'],
      ]),
      captures: ['a.ndjson', '-'],
    });
  });

  it('takes short options, and repeated ones where a list is meant', () => {
    expect(parse('baseline -o p.json --namespace a --namespace b,c')).toMatchObject({
      given: new Map([
        ['output', 'p.json'],
        ['namespace', 'a,b,c'],
      ]),
    });
  });

  it('takes what follows -- as captures', () => {
    expect(parse('profile -- --json')).toMatchObject({ captures: ['--json'] });
  });

  it.each([
    ['--help', undefined],
    ['-h', undefined],
    ['verify --help', 'verify'],
    ['compare -h --json', 'compare'],
    ['help', undefined],
    ['help compare', 'compare'],
  ])('%s asks for help', (line, verb) => {
    expect(parse(line)).toEqual({ kind: 'help', verb });
  });

  it.each(verbNames)('the example in the help of %s is one', (verb) => {
    const help = helpText(verb, 60);
    const [, line = ''] = /Example:\n {2}wireproof (.*)\n/.exec(help) ?? [];
    const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare);
    expect(parseCommandLine(words as string[])).toMatchObject({ kind: 'command', verb });
    const text = help.split('\n').filter((one) => !one.includes(line));
    expect(Math.max(...text.map((one) => one.length))).toBeLessThanOrEqual(62);
  });

  it('--version asks for the version', () => {
    expect(parse('--version')).toEqual({ kind: 'version' });
  });

  it.each([
    ['', /no verb given/, /baseline, verify/],
    ['verfy', /unknown verb verfy/, /mean verify/],
    ['watch', /unknown verb watch/, /one of: baseline/],
    ['--jsn', /unknown option --jsn/, /mean --json/],
    ['compare a b --jsn', /unknown option --jsn/, /mean --json/],
    ['compare a b --min-sample 3', /unknown option --min-sample/, /mean --min-samples/],
    ['compare a b -x', /unknown option -x/, /--help/],
    ['compare a b --window 3m', /compare does not take --window/, /baseline, verify/],
    ['compare a', /takes at least 2 captures, but was given 1/, /compare BASE… CAND/],
    ['compare - -', /compare can read stdin \(-\) once only/, /to a file first/],
    ['compare  a', /compare was given an empty name/, /variable of the shell unset/],
    ['profile a b a', /^a is named twice$/, /counted twice/],
    ['compare a b a c', /^a is named twice$/, /counted twice/],
    ['record --interface lo', /a command behind --/, /-- CMD/],
    ['graph', /at least one capture, but was given none/, /graph CAPTURE/],
    ['verify a', /verify takes no argument, but was given a/, undefined],
    ['merge a -o', /-o needs a value/, /--output FILE/],
    ['verify --kfl --json', /--kfl needs a value/, /--kfl=…/],
    ['verify --start 1 --start 2', /--start is given twice/, undefined],
  ])('refuses %j', (line, message, hint) => {
    let thrown: unknown;
    try {
      parse(line);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ name: 'UsageError', exitCode: 2 });
    expect((thrown as Error).message).toMatch(message);
    if (hint) expect((thrown as { hint?: string }).hint).toMatch(hint);
  });

  it('lets a command have empty arguments, and a candidate be the baseline', () => {
    expect(parse('record --interface lo -- npm  npm')).toMatchObject({
      captures: ['npm', '', 'npm'],
    });
    expect(parse('compare a b a')).toMatchObject({ captures: ['a', 'b', 'a'] });
  });

  it('shows hostile arguments harmless', () => {
    expect(() => parseCommandLine(['\u001b[2Jx'])).toThrow('unknown verb \\u{1b}[2Jx');
  });

  it('knows no two options by one letter', () => {
    const letters = optionNames.flatMap((name) => optionOf(name).short ?? []);
    expect(new Set(letters).size).toBe(letters.length);
  });
});
