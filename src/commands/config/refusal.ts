import { z } from 'zod';
import { UsageError } from '../../support/errors.ts';
import { visible } from '../../support/escape.ts';
import { nearest } from '../../support/nearest.ts';
import { optionNames } from '../options.ts';
import { configSchema } from './schema.ts';
import { atLine, type KeyPath, type Parsed } from './yaml.ts';

type Issue = z.core.$ZodIssue;

/** What YAML's values are called, by zod's names. */
const KINDS: Readonly<Record<string, string>> = {
  array: 'a list, each entry behind a dash',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'a mapping of names to values',
  record: 'a mapping of names to values',
  string: 'text',
};

/** Why a file is refused: its name, the line, the key and what it must be; the nearest key as a hint. */
export function refusal(error: z.ZodError, file: string, { lineOf }: Parsed): UsageError {
  const issue = mostTelling(error.issues);
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const path = issue.path;
  const place = `${visible(file)}${atLine(lineOf(unknown === undefined ? path : [...path, unknown]))}`;
  const at = path.length === 0 ? '' : `${visible(path.map(String).join('.'), 160)}: `;
  if (unknown === undefined) return new UsageError(`${place}: ${at}${visible(reasonOf(issue))}`);
  const known = keysAt(configSchema, path);
  return new UsageError(`${place}: ${at}unknown key ${visible(unknown, 80)}`, {
    hint: path.length === 0 && isOption(unknown) ? notHere(unknown) : keyHint(unknown, known),
  });
}

function keyHint(unknown: string, known: readonly string[]): string {
  const near = nearest(unknown, known);
  return near ? `did you mean ${near}?` : `it may hold: ${known.join(', ')}`;
}

function isOption(name: string): boolean {
  return optionNames.some((known) => known === name);
}

function notHere(option: string): string {
  return `${option} is given on the command line or as an input only: a pull request may change the file`;
}

/** A misspelt key explains the one that is missing. */
function mostTelling(issues: readonly Issue[]): Issue {
  return within((issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]) as Issue);
}

/** Of several forms that a value may have, that which it has, though something in it is wrong. */
function within(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const inner = issue.errors
    .flatMap(([first]) => first ?? [])
    .find(({ code, path }) => path.length > 0 || !/^invalid_(?:type|value)$/.test(code));
  return inner ? ({ ...inner, path: [...issue.path, ...inner.path] } as Issue) : issue;
}

/** A record tells of a key by an issue of its own. */
function reasonOf(issue: Issue): string {
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? issue.message;
  if (!issue.message.startsWith('Invalid ')) return issue.message;
  if (issue.message.endsWith('received undefined')) return 'it is missing';
  if (issue.code === 'invalid_type') return `it must be ${KINDS[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_value') return `it must be one of ${issue.values.join(', ')}`;
  return issue.message;
}

/** The keys that an object may hold at a path. */
function keysAt(schema: z.core.$ZodType, path: KeyPath): string[] {
  let at: z.core.$ZodType | undefined = schema;
  for (const step of path) {
    const inner = unwrap(at);
    if (inner instanceof z.ZodArray) at = inner.element;
    else if (inner instanceof z.ZodObject) at = inner.shape[String(step)];
    else return [];
  }
  const object = unwrap(at);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}

function unwrap(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodPipe) {
    inner = inner instanceof z.ZodOptional ? inner.unwrap() : inner.in;
  }
  return inner;
}
