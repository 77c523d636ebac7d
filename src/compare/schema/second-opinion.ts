import { type SchemaNode, TYPES } from '../../profile/schema/node.ts';
import type { Json } from '../../support/json.ts';
import type { Finding } from '../finding.ts';
import type { OperationPair } from '../pairs.ts';
import { nodeAt, schemasAt } from './locate.ts';
import { splitPointer } from './pointer.ts';
import type { SchemaRuleId } from './rules.ts';

/** Questions asked at most: each takes some tens of milliseconds. */
const MOST = 100;

/** Rules about what json-schema-diff compares; it knows neither enumerations nor formats. */
const SUPPORTED: ReadonlySet<string> = new Set<SchemaRuleId>([
  'schema.field-removed',
  'schema.field-added',
  'schema.became-optional',
  'schema.became-required',
  'schema.type-changed',
  'schema.type-narrowed',
  'schema.became-nullable',
  'schema.became-non-nullable',
]);

type Opinion = NonNullable<Finding['secondOpinion']>;
type Diff = (options: { sourceSchema: Json; destinationSchema: Json }) => Promise<{
  readonly additionsFound: boolean;
  readonly removalsFound: boolean;
}>;

/**
 * Asks json-schema-diff about each schema finding, worst first and bounded. Its time explodes with
 * the size of what it compares, so it is given only the place of the finding: an object with the one
 * field, as each side saw it.
 */
export async function withSecondOpinions(
  findings: readonly Finding[],
  pairs: readonly OperationPair[],
): Promise<Finding[]> {
  const byName = new Map(pairs.map((pair) => [pair.operation, pair]));
  /** Places of the same types ask the same. */
  const asked = new Map<string, Promise<Opinion>>();
  const opinionOn = (question: Question): Promise<Opinion> => {
    const key = JSON.stringify(question);
    const known = asked.get(key);
    if (known) return known;
    const opinion = asked.size < MOST ? ask(question) : Promise.resolve('not supported' as const);
    asked.set(key, opinion);
    return opinion;
  };
  const answers: Finding[] = [];
  for (const finding of findings) {
    if (!finding.rule.startsWith('schema.')) {
      answers.push(finding);
      continue;
    }
    const question = SUPPORTED.has(finding.rule) ? questionOf(finding, byName) : undefined;
    const secondOpinion = question ? await opinionOn(question) : 'not supported';
    answers.push({ ...finding, secondOpinion });
  }
  return answers;
}

interface Question {
  readonly source: Json;
  readonly destination: Json;
}

async function ask({ source, destination }: Question): Promise<Opinion> {
  const { default: library } = await import('json-schema-diff');
  try {
    const diff = library.diffSchemas as unknown as Diff;
    const { additionsFound, removalsFound } = await diff({
      sourceSchema: source,
      destinationSchema: destination,
    });
    return additionsFound || removalsFound ? 'agrees' : 'disagrees';
  } catch {
    return 'not supported';
  }
}

function questionOf(
  finding: Finding,
  pairs: ReadonlyMap<string, OperationPair>,
): Question | undefined {
  const { operation, field } = finding;
  const pair = pairs.get(operation);
  if (!field || !pair) return undefined;
  const { base, cand } = schemasAt(pair, field);
  if (!base || !cand) return undefined;
  const { pointer } = field;
  const split = splitPointer(pointer);
  if (!split || split.name === '*') {
    return questionAbout(nodeAt(base, pointer), nodeAt(cand, pointer), shallow);
  }
  const about = (parent: SchemaNode) => fieldOf(parent, split.name);
  return questionAbout(nodeAt(base, split.parent), nodeAt(cand, split.parent), about);
}

function questionAbout(
  base: SchemaNode | undefined,
  cand: SchemaNode | undefined,
  render: (node: SchemaNode) => Json,
): Question | undefined {
  return base && cand ? { source: render(base), destination: render(cand) } : undefined;
}

/** An object with one field, as far as types and presence go; draft 7. */
function fieldOf(parent: SchemaNode, name: string): Json {
  const field = parent.object?.properties.get(name)?.node;
  const always = field !== undefined && field.total === parent.count('object');
  return {
    type: 'object',
    properties: field ? { field: shallow(field) } : {},
    additionalProperties: false,
    ...(always && { required: ['field'] }),
  };
}

function shallow(node: SchemaNode): Json {
  return { type: TYPES.filter((type) => node.count(type) > 0) };
}
