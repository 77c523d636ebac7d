import { isFlag, type OptionName, optionNames, optionOf, takes } from './options.ts';
import { VERBS, type Verb, verbNames } from './verbs.ts';

const EXIT_CODES =
  'Exit codes: 0 PASS · 1 FAIL · 2 wrong usage or configuration · 3 could not capture or read · 4 INCONCLUSIVE';
/** Of verbs whose codes mean something else. */
const OTHER_CODES: Partial<Record<Verb, string>> = {
  record: 'Exit codes: those of CMD · 2 wrong usage · 3 could not record',
  monitor:
    'Exit codes: 0 told to stop, or nothing critical fires · 1 --once: a critical alert fires · 2 wrong usage or configuration · 3 could not capture · 4 --once: there were no calls',
};
const CAPTURES =
  'A capture is calls of Kubeshark (NDJSON, one a line), HAR, OTLP traces, packets (PCAP) or a profile, also .gz and .zst: recognised by its content; - is stdin.';
/** How values are written, where the name alone does not say. */
const FORMS: Readonly<Record<string, string>> = {
  DURATION: '500ms, 90s, 10m, 1h30m, 14d',
  SIZE: '500kB, 50MB, 1GB',
  TIME: '2026-01-31T14:30:00Z or Unix ms',
  DATE: '2026-12-31',
};
/** Narrower columns of text can't be read. */
const MIN_WIDTH = 30;

/** The text of `--help`, for one verb or for all; lines are broken for a terminal that is so wide. */
export function helpText(verb?: Verb, width = Number.POSITIVE_INFINITY): string {
  const lines = verb === undefined ? overview(width) : verbHelp(verb, width);
  return `${lines.join('\n')}\n`;
}

/** How an option is written: `-o, --output FILE`. */
export function optionUsage(name: OptionName): string {
  const { short, value } = optionOf(name);
  return `${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`;
}

/** An option's help with its default and its variable. */
export function optionHelp(name: OptionName): string {
  const { help, default: standard, env, repeatable } = optionOf(name);
  return [
    help,
    ...(standard === undefined ? [] : [`(${standard})`]),
    ...(env === undefined ? [] : [`[$${env}]`]),
    ...(repeatable ? ['[repeatable]'] : []),
  ].join(' ');
}

function overview(width: number): string[] {
  const rows = verbNames.map((verb) => [usageOf(verb), VERBS[verb].summary] as const);
  return [
    'Usage: wireproof VERB [OPTIONS]',
    '',
    ...columns(rows, width),
    '',
    ...[
      CAPTURES,
      'wireproof VERB --help lists the options of a verb, with an example; wireproof --version prints the version.',
      EXIT_CODES,
    ].flatMap((line) => broken(line, width)),
  ];
}

function verbHelp(verb: Verb, width: number): string[] {
  const own = optionNames.filter((name) => takes(verb, name));
  const flagsLast = own.toSorted((a, b) => Number(isFlag(a)) - Number(isFlag(b)));
  const { summary, example, captures } = VERBS[verb];
  const forms = [...new Set(own.map((name) => optionOf(name).value ?? ''))]
    .filter((value) => value in FORMS)
    .map((value) => [value, FORMS[value] ?? ''] as const);
  return [
    `Usage: wireproof ${[verb, '[OPTIONS]', captures.name].join(' ').trim()}`,
    '',
    ...broken(summary, width),
    '',
    'Example:',
    `  ${example}`,
    '',
    'Options (defaults in parentheses):',
    ...columns(
      flagsLast.map((name) => [optionUsage(name), optionHelp(name)] as const),
      width,
    ),
    '',
    ...(forms.length === 0 ? [] : ['Values:', ...columns(forms, width), '']),
    ...(/CAPTURE|CAND|PLACE/.test(captures.name) ? broken(CAPTURES, width) : []),
    ...broken(OTHER_CODES[verb] ?? EXIT_CODES, width),
  ];
}

function usageOf(verb: Verb): string {
  return `${verb} ${VERBS[verb].captures.name}`.trim();
}

function columns(rows: readonly (readonly [string, string])[], width: number): string[] {
  const left = Math.max(0, ...rows.map(([name]) => name.length));
  const indent = ' '.repeat(left + 4);
  return rows.flatMap(([name, text]) => {
    const [first = '', ...rest] = broken(text, Math.max(MIN_WIDTH, width - indent.length));
    return [`  ${name.padEnd(left)}  ${first}`, ...rest.map((line) => `${indent}${line}`)];
  });
}

/** The text in lines that are at most so wide, where a word allows it. */
function broken(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else lines.push(word);
  }
  return lines;
}
