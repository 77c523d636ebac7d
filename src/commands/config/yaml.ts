import type { Document, LineCounter, Node } from 'yaml';
import { UsageError } from '../../support/errors.ts';
import { visible } from '../../support/escape.ts';

/** More nodes than any policy needs; fewer than make anything slow. */
const MAX_NODES = 100_000;
const PROTOTYPE: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const TOO_DEEP = 'it is nested too deeply';

export type KeyPath = readonly PropertyKey[];

/** A YAML document as JSON, with the places of its values. */
export interface Parsed {
  readonly value: unknown;
  /** The line (from 1) of the value at a path, or of the nearest one around it. */
  readonly lineOf: (path: KeyPath) => number | undefined;
}

/**
 * Reads YAML of a stranger: no aliases, no tags, no key twice, none that names a prototype, and a
 * bounded number of nodes. Throws UsageError that names the file and the line.
 */
export async function parseYaml(source: string, file: string): Promise<Parsed> {
  if (source.includes('\0')) throw new UsageError(`${visible(file)}: it holds a NUL character`);
  const { isAlias, isMap, isScalar, LineCounter, parseDocument, visit } = await import('yaml');
  const lines = new LineCounter();
  // Its own check for keys that stand twice compares each with all, and pretty errors copy the text.
  const document = readWith(() =>
    parseDocument(source, {
      lineCounter: lines,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
    }),
  );
  const refuse = (message: string, node: unknown): never => {
    throw new UsageError(`${visible(file)}${atLine(lineOfNode(node, lines))}: ${visible(message)}`);
  };
  const [error] = document.errors;
  if (error) {
    const { line } = lines.linePos(error.pos[0]);
    const message = /call stack/.test(error.message) ? TOO_DEEP : visible(error.message);
    throw new UsageError(`${visible(file)}${atLine(line)}: ${message}`, { cause: error });
  }
  let nodes = 0;
  visit(document, (_, node) => {
    if (++nodes > MAX_NODES) refuse(`it has more than ${MAX_NODES} values`, node);
    if (isAlias(node)) refuse('aliases are not read: write the value again', node);
    if (!isMap(node)) return;
    const seen = new Set<string>();
    for (const { key } of node.items) {
      const name = isScalar(key) ? String(key.value) : undefined;
      if (name === undefined) refuse('a key must be text', key);
      else if (PROTOTYPE.has(name)) refuse(`unknown key ${name}`, key);
      else if (seen.has(name)) refuse(`the key ${visible(name, 80)} stands twice`, key);
      else seen.add(name);
    }
  });
  return {
    value: readWith(() => plain(document.toJS({ mapAsMap: true, maxAliasCount: 0 }))),
    lineOf: (path) => lineOfNode(nearestNode(document, path), lines),
  };

  function readWith<T>(read: () => T): T {
    try {
      return read();
    } catch (cause) {
      if (cause instanceof UsageError) throw cause;
      throw new UsageError(`${visible(file)}: ${TOO_DEEP}`, { cause });
    }
  }
}

/** ` line 7`, or nothing. */
export function atLine(line: number | undefined): string {
  return line === undefined ? '' : ` line ${line}`;
}

function nearestNode(document: Document, path: KeyPath): unknown {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (node !== undefined) return node;
  }
  return undefined;
}

function lineOfNode(node: unknown, lines: LineCounter): number | undefined {
  const range = (node as Partial<Node> | null | undefined)?.range;
  return range ? lines.linePos(range[0]).line : undefined;
}

/** A value of the YAML parser as JSON; a mapping's keys are its own, whatever they are called. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!(value instanceof Map)) return value;
  return Object.fromEntries([...value].map(([key, one]) => [String(key), plain(one)]));
}
