import type { Call } from '../../src/calls/call.ts';
import type { Finding } from '../../src/compare/finding.ts';
import { compareMessages } from '../../src/compare/schema/index.ts';
import { MessageProfile } from '../../src/profile/message.ts';

/** A change planted into bodies of one shape, and what has to be said of it. */
interface Injection {
  readonly name: string;
  readonly rules: readonly string[];
  /** Whether it can be planted at a leaf with this value. */
  readonly at: (value: unknown) => boolean;
  readonly plant: (holder: Holder, key: string, i: number) => void;
}

type Holder = Record<string, unknown>;
type Random = () => number;

const INJECTIONS: readonly Injection[] = [
  {
    name: 'field removed',
    rules: ['schema.field-removed'],
    at: () => true,
    plant: (holder, key) => delete holder[key],
  },
  {
    name: 'field missing in a fifth',
    rules: ['schema.became-optional'],
    at: () => true,
    plant: (holder, key, i) => i % 5 === 0 && delete holder[key],
  },
  {
    name: 'type changed',
    rules: ['schema.type-changed'],
    at: (value) => value !== null,
    plant: (holder, key) => {
      holder[key] = typeof holder[key] === 'string' ? 7 : `v${String(holder[key])}`;
    },
  },
  {
    name: 'null in a fifth',
    rules: ['schema.became-nullable'],
    at: (value) => value !== null,
    plant: (holder, key, i) => {
      if (i % 5 === 0) holder[key] = null;
    },
  },
  {
    name: 'enumeration grown, in a fifth',
    rules: ['schema.enum-value-added'],
    at: (value) => value === 'enum',
    plant: (holder, key, i) => {
      if (i % 5 === 0) holder[key] = 'brand_new';
    },
  },
  {
    name: 'date format changed',
    rules: ['schema.format-changed'],
    at: (value) => value === 'date-time',
    plant: (holder, key) => {
      holder[key] = new Date(String(holder[key])).toUTCString();
    },
  },
];

/** Seeded pseudo-random numbers in [0, 1): mulberry32. */
function random(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const text = (next: Random, length: number) =>
  Array.from(
    { length },
    () => 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'[Math.floor(next() * 62)],
  ).join('');

/** A body like the template with fresh values; a population's mix of nulls and lists may differ. */
function vary(template: unknown, next: Random, mix: number): unknown {
  if (Array.isArray(template)) {
    const length = template.length === 0 ? 0 : 1 + Math.floor(next() * 3);
    return Array.from({ length }, (_, i) => vary(template[i % template.length], next, mix));
  }
  if (template !== null && typeof template === 'object') {
    return Object.fromEntries(
      Object.entries(template).map(([key, value]) => [key, vary(value, next, mix)]),
    );
  }
  if (typeof template === 'string') {
    if (/_/.test(template) && /\d/.test(template))
      return `${template.split('_')[0]}_${text(next, 16)}`;
    return /^[a-z]+(?:_[a-z]+)*$/.test(template)
      ? template
      : text(next, 4 + Math.floor(next() * 12));
  }
  if (typeof template === 'number') {
    return template > 1e9 ? 1.6e9 + Math.floor(next() * 1e8) : Math.floor(next() * 10_000);
  }
  if (template === null) return next() < mix ? null : text(next, 8);
  return template;
}

/** Adds what the templates lack: an enumeration, a time, an optional field, an item's fields. */
function enrich(body: unknown, next: Random, mix: number): Holder {
  const instant = () => new Date(1.6e12 + Math.floor(next() * 1e11)).toISOString();
  const extra = {
    phase: ['created', 'running', 'done'][Math.floor(next() * 3)],
    seen_at: instant(),
    ...(next() < mix ? { hint: text(next, 5) } : {}),
    rows: Array.from({ length: 1 + Math.floor(next() * 4) }, () => ({
      mode: ['fast', 'slow'][Math.floor(next() * 2)],
      due_at: instant(),
      rank: Math.floor(next() * 100),
    })),
  };
  return { ...(body as Holder), ...extra };
}

/** Places where a change can be planted: by the way from the root, `*` for every item. */
function places(body: unknown, way: readonly string[] = []): (readonly [string[], unknown])[] {
  if (way.length > 6) return [];
  if (Array.isArray(body)) return body.slice(0, 1).flatMap((one) => places(one, [...way, '*']));
  if (body === null || typeof body !== 'object') return [];
  return Object.entries(body).flatMap(([key, value]) => [
    [[...way, key], value] as const,
    ...places(value, [...way, key]),
  ]);
}

function plantAt(
  body: unknown,
  way: readonly string[],
  plant: (holder: Holder, key: string) => void,
): void {
  const [step, ...rest] = way as [string, ...string[]];
  if (step === '*') for (const item of body as unknown[]) plantAt(item, rest, plant);
  else if (rest.length === 0) plant(body as Holder, step);
  else plantAt((body as Holder)[step], rest, plant);
}

function profileOf(bodies: readonly unknown[], call: (i: number, body: string) => Call) {
  const profile = new MessageProfile();
  bodies.forEach((body, i) => {
    profile.observe(call(i, JSON.stringify(body)), 'response');
  });
  return profile;
}

const findings = (base: MessageProfile, cand: MessageProfile): readonly Finding[] =>
  compareMessages({ operation: 'x', side: 'response', status: '200', base, cand, minSamples: 20 })
    .findings;

/**
 * Plants each kind of change into bodies varied from real templates, 50 a side, and looks for the
 * finding at its place; and compares populations of other mixes, where nothing but information may
 * be said.
 */
export function injections(
  templates: readonly unknown[],
  call: (i: number, body: string) => Call,
  say: (line: string) => void,
): boolean {
  const CALLS = 50;
  const population = (template: unknown, seed: number, mix: number) => {
    const next = random(seed);
    return Array.from({ length: CALLS }, () => enrich(vary(template, next, mix), next, mix));
  };
  const kindOf = (way: readonly string[], value: unknown) => {
    const name = way.at(-1);
    if (name === 'phase' || name === 'mode') return 'enum';
    return name === 'seen_at' || name === 'due_at' ? 'date-time' : value;
  };
  let good = true;
  let alarms = 0;
  let compared = 0;
  const planted = new Map<string, { found: number; all: number; strays: number }>();
  templates.forEach((template, t) => {
    const base = profileOf(population(template, t * 1000 + 1, 0.5), call);
    for (const [seed, mix] of [
      [2, 0.5],
      [3, 0.3],
      [4, 0.8],
    ] as const) {
      compared++;
      const cand = profileOf(population(template, t * 1000 + seed, mix), call);
      const bad = findings(base, cand).filter(({ severity }) => severity !== 'info');
      if (bad.length > 0) alarms++;
      for (const { summary } of bad) say(`  false alarm: ${summary}`);
    }
    const sample = population(template, t * 1000 + 9, 0.5);
    const nullable = new Set(
      places(template).flatMap(([way, value]) => (value === null ? [way.join('/')] : [])),
    );
    const all = places(sample[0]).filter(
      ([way]) => way.at(-1) !== 'hint' && !nullable.has(way.join('/')),
    );
    const next = random(t);
    for (const injection of INJECTIONS) {
      const able = all.filter(([way, value]) => injection.at(kindOf(way, value)));
      for (let round = 0; round < 4 && able.length > 0; round++) {
        const [way, value] = able[Math.floor(next() * able.length)] as readonly [string[], unknown];
        if (Array.isArray(value)) continue;
        const bodies = population(template, t * 1000 + 9, 0.5);
        bodies.forEach((body, i) => {
          plantAt(body, way, (holder, key) => injection.plant(holder, key, i));
        });
        const place = `/${way.join('/')}`;
        const told = findings(base, profileOf(bodies, call));
        const counts = planted.get(injection.name) ?? { found: 0, all: 0, strays: 0 };
        planted.set(injection.name, counts);
        counts.all++;
        const hit = told.some(
          ({ rule, path, severity }) =>
            injection.rules.includes(rule) &&
            path === `response 200 ${place}` &&
            severity !== 'info',
        );
        if (hit) counts.found++;
        else
          say(
            `  missed: ${injection.name} at ${place}: ${told.map(({ summary }) => summary).join(' ')}`,
          );
        counts.strays += told.filter(
          ({ path, severity }) => severity !== 'info' && !path?.includes(place),
        ).length;
      }
    }
  });
  for (const [name, { found, all, strays }] of planted) {
    say(`injections: ${name}: ${found} of ${all} found, ${strays} findings elsewhere`);
    if (found < all) good = false;
  }
  say(
    `injections: ${alarms} of ${compared} harmless comparisons of ${CALLS} calls a side raise an alarm`,
  );
  return good && alarms === 0;
}
