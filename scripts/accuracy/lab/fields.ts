import { Draws } from './draws.ts';

/** One member of a JSON object, as a service fills it. */
export interface Field {
  readonly name: string;
  readonly kind: 'id' | 'text' | 'enum' | 'whole' | 'decimal' | 'time' | 'flag' | 'object' | 'list';
  /** Share of the objects that have it. */
  readonly presence: number;
  /** Share of those that have null there. */
  readonly nulls: number;
  /** Whether all of this follows from whom the object is about, so that asking again gives it again. */
  readonly personal?: boolean;
  /** Values of an enum, the first ones more often. */
  readonly members?: readonly string[];
  /** Of an object, or of each item of a list. */
  readonly fields?: readonly Field[];
}

const NAMES =
  'status total currency created updated owner region tier score weight note label stock price discount channel source reason priority address phone email quantity rating version locale carrier promised balance limit'.split(
    ' ',
  );
const STATES =
  'active pending paid shipped failed closed draft held expired refunded queued open'.split(' ');
const CITIES =
  'berlin lisbon oslo madrid paris rome vienna prague dublin athens warsaw helsinki riga tallinn zagreb sofia budapest bern brussels luxembourg vilnius valletta nicosia bucharest'.split(
    ' ',
  );
const WORDS = 'north red quick amber lake stone river plain grand silver cedar harbor'.split(' ');

/**
 * A body of 4 to 8 fields. One in six is optional and one in six nullable, at shares from 0.5 to 60 %
 * (equal chances per factor: rare cases are as usual as common ones); half of them follow from the id; one in five is an enum of 3 to
 * 6 members, or one of 24 place names; a sixth of the bodies hold an object, a fifth a list of up to
 * four objects.
 */
export function drawFields(draws: Draws, depth = 0): Field[] {
  const start = draws.below(NAMES.length);
  const fields: Field[] = [{ name: 'id', kind: 'id', presence: 1, nulls: 0 }];
  const count = depth > 0 ? 2 : 4 + draws.below(5);
  for (let i = 0; i < count; i++) {
    const name = NAMES[(start + i) % NAMES.length] as string;
    fields.push(drawField(draws, name));
  }
  if (depth === 0 && draws.chance(1 / 6)) {
    const inner = drawFields(draws, 1);
    fields.push({ name: 'details', kind: 'object', presence: 1, nulls: 0, fields: inner });
  }
  if (depth === 0 && draws.chance(0.2)) {
    const inner = drawFields(draws, 1);
    fields.push({ name: 'items', kind: 'list', presence: 1, nulls: 0, fields: inner });
  }
  return fields;
}

function drawField(draws: Draws, name: string): Field {
  const kind = draws.weighted([
    ['text', 0.2],
    ['enum', 0.2],
    ['whole', 0.25],
    ['decimal', 0.15],
    ['time', 0.1],
    ['flag', 0.1],
  ] as const);
  const [optional, nullable] = [draws.chance(1 / 6), draws.chance(1 / 6)];
  const share = draws.logUniform(0.005, 0.6);
  const members =
    kind !== 'enum' ? undefined : draws.chance(0.25) ? CITIES : STATES.slice(0, 3 + draws.below(4));
  return {
    name,
    kind,
    presence: optional ? (draws.chance(0.5) ? share : 1 - share) : 1,
    nulls: nullable ? share : 0,
    personal: draws.chance(0.5),
    ...(members && { members }),
  };
}

/** The same fields with shares as of another run: log odds move by a deviation of `deviation`. */
export function driftFields(fields: readonly Field[], draws: Draws, deviation: number): Field[] {
  return fields.map((field) => ({
    ...field,
    presence: draws.drifted(field.presence, deviation),
    nulls: draws.drifted(field.nulls, deviation),
    ...(field.fields && { fields: driftFields(field.fields, draws, deviation) }),
  }));
}

/** JSON text of one object; `id` is what the request asked for. */
export function renderFields(fields: readonly Field[], draws: Draws, id: string): string {
  let text = '';
  for (const field of fields) {
    const by = field.personal ? followingFrom(id, field.name) : draws;
    if (field.presence < 1 && !by.chance(field.presence)) continue;
    const value = by.chance(field.nulls) ? 'null' : renderValue(field, by, id);
    text += `${text === '' ? '' : ','}"${field.name}":${value}`;
  }
  return `{${text}}`;
}

/** Draws that an id gives again and again. */
export function followingFrom(id: string, what: string): Draws {
  return new Draws(id, what);
}

function renderValue(field: Field, draws: Draws, id: string): string {
  switch (field.kind) {
    case 'id':
      return `"${id}"`;
    case 'text':
      return `"${draws.pick(WORDS)} ${draws.pick(WORDS)} ${1 + draws.below(999)}"`;
    case 'enum':
      return `"${renderMember(field.members ?? STATES, draws)}"`;
    case 'whole':
      return String(1 + draws.below(500));
    case 'decimal':
      return `${draws.below(900)}.${1 + draws.below(9)}${1 + draws.below(9)}`;
    case 'time':
      return `"${new Date(1_700_000_000_000 + draws.below(40_000_000) * 1000).toISOString()}"`;
    case 'flag':
      return String(draws.chance(0.4));
    case 'object':
      return renderFields(field.fields ?? [], draws, id);
    case 'list':
      return `[${Array.from({ length: draws.below(5) }, () => renderFields(field.fields ?? [], draws, draws.hex(12))).join(',')}]`;
  }
}

/** Half of the values are the first member, a quarter the second, and so on; of many, like a Zipf law. */
function renderMember(members: readonly string[], draws: Draws): string {
  const u = draws.uniform();
  const at =
    members.length > 8
      ? Math.floor((members.length + 1) ** u) - 1
      : Math.floor(-Math.log2(1 - u * (1 - 2 ** -members.length)));
  return members[Math.min(at, members.length - 1)] as string;
}
