import { parseAst } from 'rolldown/parseAst';

/** A syntax tree's node, as far as it matters here: where it stands and what is below it. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

interface Insertion {
  readonly at: number;
  readonly text: string;
  /** What closes comes before what opens at the same place, the innermost first. */
  readonly closes: boolean;
}

export interface Instrumented {
  readonly code: string;
  /** Places that are counted: `first` up to before `first + count`. */
  readonly count: number;
  /** Texts that the code compares with or holds. */
  readonly words: readonly string[];
}

/** The name that instrumented code finds its counters by. */
export const COUNTERS = '__counters';

const MAX_WORD = 48;

/**
 * JavaScript that counts how often each function, branch and loop is entered, in a typed array of bytes
 * at `globalThis.__counters`: the edges that guide a fuzzer (as Clang's SanitizerCoverage counts them).
 */
export function instrument(code: string, first: number): Instrumented {
  const insertions: Insertion[] = [];
  const words = new Set<string>();
  let next = first;
  const opens = (at: number, text: string) => insertions.push({ at, text, closes: false });
  const closes = (at: number, text: string) => insertions.push({ at, text, closes: true });
  const count = () => `${COUNTERS}[${next++}]++`;
  const statement = (node: Node | null | undefined) => {
    if (!node) return;
    if (node.type === 'BlockStatement') return opens(node.start + 1, `${count()};`);
    opens(node.start, `{${count()};`);
    closes(node.end, '}');
  };
  const expression = (node: Node) => {
    opens(node.start, `(${count()},`);
    closes(node.end, ')');
  };
  const visit = (node: Node) => {
    for (const { key, kind } of BRANCHES[node.type] ?? []) {
      const child = node[key] as Node | null | undefined;
      if (kind === 'statement') statement(child);
      else if (child && child.type !== 'BlockStatement') expression(child);
      else statement(child);
    }
    if (node.type === 'SwitchCase') {
      const [body] = node.consequent as readonly Node[];
      if (body) opens(body.start, `${count()};`);
    }
    if (node.type === 'Literal' && typeof node.value === 'string') words.add(node.value);
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child);
    }
  };
  visit(parseAst(code) as unknown as Node);
  return {
    code: `const ${COUNTERS} = globalThis.${COUNTERS};${inserted(code, insertions)}`,
    count: next - first,
    words: [...words].filter(({ length }) => length > 0 && length <= MAX_WORD).sort(),
  };
}

type Kind = 'statement' | 'either';
const body = [{ key: 'body', kind: 'statement' }] as const;

/** What of a node may or may not run. */
const BRANCHES: Readonly<Record<string, readonly { key: string; kind: Kind }[]>> = {
  FunctionDeclaration: body,
  FunctionExpression: body,
  ArrowFunctionExpression: [{ key: 'body', kind: 'either' }],
  IfStatement: [
    { key: 'consequent', kind: 'statement' },
    { key: 'alternate', kind: 'statement' },
  ],
  ForStatement: body,
  ForInStatement: body,
  ForOfStatement: body,
  WhileStatement: body,
  DoWhileStatement: body,
  CatchClause: body,
  ConditionalExpression: [
    { key: 'consequent', kind: 'either' },
    { key: 'alternate', kind: 'either' },
  ],
  LogicalExpression: [{ key: 'right', kind: 'either' }],
};

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

function inserted(code: string, insertions: readonly Insertion[]): string {
  const ordered = insertions
    .map((insertion, order) => ({ ...insertion, order }))
    .sort(
      (a, b) =>
        a.at - b.at ||
        Number(b.closes) - Number(a.closes) ||
        (a.closes ? b.order - a.order : a.order - b.order),
    );
  let out = '';
  let from = 0;
  for (const { at, text } of ordered) {
    out += code.slice(from, at) + text;
    from = at;
  }
  return out + code.slice(from);
}
