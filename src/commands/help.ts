import { isFlag, type OptionName, optionNames, optionOf, takes } from './options.ts';
import { VERBS, type Verb, verbNames } from './verbs.ts';

const EXIT_CODES =
  'Exit codes: 0 PASS · 1 FAIL · 2 wrong usage or configuration · 3 could not capture or read · 4 INCONCLUSIVE';

/** The text of `--help`, for one verb or for all. */
export function helpText(verb?: Verb): string {
  return verb === undefined ? overview() : verbHelp(verb);
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

function overview(): string {
  const rows = verbNames.map((verb) => [usageOf(verb), VERBS[verb].summary] as const);
  return [
    'Usage: wireproof VERB [OPTIONS]',
    '',
    ...columns(rows),
    '',
    'A capture is a file of Kubeshark calls (one a line; .gz and .zst too), a profile, or - for stdin.',
    'wireproof VERB --help lists the options of a verb; wireproof --version prints the version.',
    EXIT_CODES,
    '',
  ].join('\n');
}

function verbHelp(verb: Verb): string {
  const own = optionNames.filter((name) => takes(verb, name));
  const flagsLast = own.toSorted((a, b) => Number(isFlag(a)) - Number(isFlag(b)));
  return [
    `Usage: wireproof ${usageOf(verb)} [OPTIONS]`,
    '',
    `${VERBS[verb].summary}`,
    ...(own.length === 0 ? [] : ['', 'Options (defaults in parentheses):']),
    ...columns(flagsLast.map((name) => [optionUsage(name), optionHelp(name)] as const)),
    '',
    EXIT_CODES,
    '',
  ].join('\n');
}

function usageOf(verb: Verb): string {
  return `${verb} ${VERBS[verb].captures.name}`.trim();
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(0, ...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
