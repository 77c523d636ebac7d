/**
 * Schema differences against labelled pairs: published examples of an API's versions (every added,
 * removed and retyped path is to be found, none invented), and calls of two versions of OpenAPI
 * documents (a finding of the fitting kind where traffic shows the change, none where it doesn't).
 * Usage: schemas.ts [folder with `schemas` and `openapi-pairs`]
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Call } from '../../src/calls/call.ts';
import { observationsOf } from '../../src/calls/observation.ts';
import { compareProfiles } from '../../src/compare/compare.ts';
import type { Finding } from '../../src/compare/finding.ts';
import { compareMessages } from '../../src/compare/schema/index.ts';
import { MessageProfile } from '../../src/profile/message.ts';
import { profileCapture } from '../../src/profile/profiler.ts';
import { renderSchema } from '../../src/profile/schema/render.ts';
import { readNdjson } from '../../src/sources/ndjson.ts';
import { injections } from './schema-injections.ts';

const folder = process.argv[2] ?? '../shared/data';
const verbose = process.argv.includes('--verbose');

interface Changes {
  readonly added?: readonly string[];
  readonly removed?: readonly string[];
  /** `/path: string -> null`. */
  readonly type_changed?: readonly string[];
}

interface Version {
  readonly from: string;
  readonly to: string;
  readonly changes: Readonly<Record<string, Changes>>;
}

interface Pair {
  readonly name: string;
  readonly differs: boolean;
  readonly visible: boolean;
  readonly breaking: boolean;
  readonly expected: readonly { readonly id: string }[];
}

const say = (line: string) => process.stdout.write(`${line}\n`);
const labels = <T>(set: string): T[] =>
  JSON.parse(readFileSync(join(folder, set, 'labels.json'), 'utf8')) as T[];

async function compareFiles(base: string, cand: string, minSamples: number) {
  const [before, after] = await Promise.all(
    [base, cand].map((path) => profileCapture(readNdjson(path))),
  );
  if (!before || !after) throw new Error('nothing read');
  return compareProfiles(before, after, { minSamples });
}

/** `/items/0` of a finding's `response 200 /items/0`. */
function pointerOf(finding: Finding): string {
  const path = finding.path ?? '';
  const start = path.indexOf('/');
  return start < 0 ? '' : path.slice(start);
}

/** What is told of all names of an object is told of each. */
const covers = (finding: string, label: string) => {
  const place = finding.replace(/\/\*$/, '');
  return label === finding || label.startsWith(`${place}/`);
};

/** What was asked for, what of it was found; what was told, what of it was true. */
class Score {
  wanted = 0;
  found = 0;
  told = 0;
  right = 0;

  add(
    what: string,
    changes: Readonly<Record<string, Changes>>,
    told: ReadonlyMap<string, readonly Finding[]>,
  ): void {
    for (const resource of new Set([...Object.keys(changes), ...told.keys()])) {
      const labelled = pathsOf(changes[resource]);
      const findings = told.get(resource) ?? [];
      const pointers = findings.map(pointerOf);
      for (const label of labelled) {
        this.wanted++;
        if (pointers.some((pointer) => covers(pointer, label))) this.found++;
        else if (verbose) say(`  missed ${what} ${resource} ${label}`);
      }
      for (const finding of findings.filter(({ rule }) => !OF_VALUES.has(rule))) {
        this.told++;
        const pointer = pointerOf(finding);
        const isOfAll = pointer.endsWith('/*');
        if (labelled.some((label) => label === pointer || (isOfAll && covers(pointer, label)))) {
          this.right++;
        } else if (verbose)
          say(`  invented ${what} ${resource} ${finding.rule} ${finding.summary}`);
      }
    }
  }

  get good(): boolean {
    return this.found / this.wanted >= 0.99 && this.right / this.told >= 0.99;
  }

  toString(): string {
    const recall = `${this.found} of ${this.wanted} labelled paths found (recall ${(this.found / this.wanted).toFixed(4)})`;
    return `${recall}, ${this.right} of ${this.told} findings labelled (precision ${(this.right / this.told).toFixed(4)})`;
  }
}

function pathsOf(change: Changes | undefined): string[] {
  return [
    ...(change?.added ?? []),
    ...(change?.removed ?? []),
    ...(change?.type_changed ?? []).map((text) => text.split(': ')[0] as string),
  ];
}

/** Responses by resource, the word after the version in the path. */
async function byResource(path: string): Promise<ReadonlyMap<string, MessageProfile>> {
  const profiles = new Map<string, MessageProfile>();
  for await (const seen of observationsOf(readNdjson(path))) {
    if (seen.kind !== 'call') continue;
    const resource = resourceOf(seen.call.path);
    const profile = profiles.get(resource) ?? new MessageProfile();
    profiles.set(resource, profile);
    profile.observe(seen.call, 'response');
  }
  return profiles;
}

const resourceOf = (path: string) => path.split('/')[2]?.replace(/s$/, '') ?? '';
/** Of which the labels, which name fields and types, say nothing. */
const OF_VALUES: ReadonlySet<string> = new Set([
  'schema.flag-flipped',
  'schema.value-emptied',
  'schema.answers-changed',
  'schema.value-constant',
  'schema.array-emptied',
  'schema.array-filled',
  'schema.order-changed',
  'schema.items-repeated',
]);
const isSchema = ({ rule }: Finding) => rule.startsWith('schema.');

async function versions(): Promise<boolean> {
  const shapes = new Score();
  const whole = new Score();
  let failing = 0;
  for (const { from, to, changes } of labels<Version>('schemas')) {
    const [base, cand] = [from, to].map((name) => join(folder, 'schemas', `${name}.ndjson.gz`)) as [
      string,
      string,
    ];
    const after = await byResource(cand);
    const told = new Map<string, Finding[]>();
    for (const [resource, before] of await byResource(base)) {
      const now = after.get(resource);
      if (!now) continue;
      const pair = { operation: resource, side: 'response', status: '200' } as const;
      const { findings } = compareMessages({ ...pair, base: before, cand: now, minSamples: 1 });
      told.set(resource, findings.filter(isSchema));
    }
    shapes.add(`shape ${from}`, changes, told);
    const { findings } = await compareFiles(base, cand, 1);
    const operations = Map.groupBy(findings.filter(isSchema), ({ operation }) =>
      resourceOf(operation),
    );
    whole.add(`whole ${from}`, changes, operations);
    const usual = await compareFiles(base, cand, 20);
    failing += usual.findings.filter(({ severity }) => severity === 'breaking').length;
  }
  say(`schemas, bodies alone: ${shapes}`);
  say(`schemas, whole captures: ${whole}`);
  say(`schemas, whole captures with the default support: ${failing} breaking findings`);
  return shapes.good && whole.good && failing === 0;
}

/** Rules that fit what oasdiff calls the change. */
function fitting(id: string): RegExp {
  if (/type-changed|any-of|one-of|all-of/.test(id)) return /^schema\./;
  if (/nullable/.test(id)) return /nullable|type-changed/;
  if (/became-optional|property-removed/.test(id)) return /removed|became-optional/;
  if (/became-required|property-added|new-required|parameter/.test(id)) {
    return /added|became-required|enum|format|type/;
  }
  if (/enum|const/.test(id)) return /enum/;
  if (/media-type/.test(id)) return /content-type/;
  if (/header/.test(id)) return /^header\./;
  return /^(?:schema|header)\./;
}

/** Labelled as visible, but both sides send the same fields in the same combinations. */
const INVISIBLE = new Set(['TestRequestPropertyAnyOfRemoved', 'TestRequestPropertyOneOfAdded']);

async function pairs(): Promise<boolean> {
  let invisible = 0;
  const shown = { all: 0, fit: 0 };
  const alike = { all: 0, quiet: 0 };
  const values = { all: 0, fit: 0 };
  for (const { name, differs, visible, expected } of labels<Pair>('openapi-pairs')) {
    const file = (side: string) => join(folder, 'openapi-pairs', name, `${side}.ndjson.gz`);
    const { findings } = await compareFiles(file('base'), file('revision'), 20);
    const fit = expected.some(({ id }) => findings.some(({ rule }) => fitting(id).test(rule)));
    if (INVISIBLE.has(name)) {
      invisible++;
      if (findings.length > 0) say(`  unexpected: ${name}: ${findings[0]?.summary}`);
    } else if (visible && differs) {
      shown.all++;
      if (fit) shown.fit++;
    } else if (visible) {
      // The shapes are alike, the members of an enumeration are not.
      values.all++;
      if (fit && findings.every(({ severity }) => severity !== 'breaking')) values.fit++;
    } else if (!differs) {
      alike.all++;
      if (findings.length === 0) alike.quiet++;
    }
    if (verbose && (findings.length > 0 || (visible && differs))) {
      say(`  ${name} [${expected.map(({ id }) => id).join(', ')}] differs ${differs}`);
      for (const { rule, severity, path, summary } of findings) {
        say(`    ${severity} ${rule} | ${path} | ${summary}`);
      }
    }
  }
  say(
    `openapi-pairs: ${shown.fit} of ${shown.all} visible changes of shape have a finding of the fitting kind; ${invisible} more can't be seen in these calls`,
  );
  say(
    `openapi-pairs: ${values.fit} of ${values.all} visible changes of values have one, none breaking`,
  );
  say(
    `openapi-pairs: ${alike.quiet} of ${alike.all} pairs whose calls do not differ have no finding`,
  );
  return shown.fit === shown.all && values.fit === values.all && alike.quiet === alike.all;
}

/** Every body against the schema inferred from all of its operation and status. */
async function soundness(): Promise<boolean> {
  const files = (set: string, depth: boolean) =>
    readdirSync(join(folder, set), { recursive: depth })
      .map((name) => join(folder, set, String(name)))
      .filter((name) => name.endsWith('.ndjson.gz'));
  let bodies = 0;
  let valid = 0;
  for (const file of [...files('schemas', false), ...files('openapi-pairs', true)]) {
    const groups = new Map<string, Call[]>();
    for await (const seen of observationsOf(readNdjson(file))) {
      if (seen.kind !== 'call') continue;
      const { method, path, status } = seen.call;
      const key = `${method} ${path.split('/')[2]} ${status}`;
      groups.set(key, [...(groups.get(key) ?? []), seen.call]);
    }
    for (const calls of groups.values()) {
      for (const side of ['request', 'response'] as const) {
        const profile = new MessageProfile();
        for (const call of calls) profile.observe(call, side);
        const schema = profile.schema('json');
        if (!schema) continue;
        const ajv = new Ajv2020({
          strict: false,
          ownProperties: true,
          validateFormats: false,
          logger: false,
        });
        const validate = ajv.compile(renderSchema(schema) as object);
        for (const call of calls) {
          const body = side === 'request' ? call.requestBody : call.responseBody;
          if (body.state !== 'whole') continue;
          bodies++;
          if (validate(JSON.parse(body.text))) valid++;
          else if (verbose) say(`  invalid ${file} ${call.id} ${ajv.errorsText(validate.errors)}`);
        }
      }
    }
  }
  say(`soundness: ${valid} of ${bodies} bodies are valid against the schema inferred from them`);
  return valid === bodies;
}

async function planted(): Promise<boolean> {
  const templates: unknown[] = [];
  let like: Call | undefined;
  for await (const seen of observationsOf(
    readNdjson(join(folder, 'schemas', '008_2022-02-03.ndjson.gz')),
  )) {
    if (seen.kind !== 'call' || seen.call.responseBody.state !== 'whole') continue;
    like ??= seen.call;
    templates.push(JSON.parse(seen.call.responseBody.text));
  }
  if (!like) throw new Error('nothing read');
  const call = like;
  return injections(
    templates,
    (i, text) => ({ ...call, id: `call-${i}`, responseBody: { state: 'whole', text } }),
    say,
  );
}

if (!existsSync(join(folder, 'schemas', 'labels.json'))) {
  say(`No data in ${folder}: give the folder as the argument.`);
  process.exitCode = 2;
} else {
  const ok = [await versions(), await pairs(), await planted(), await soundness()];
  process.exitCode = ok.every(Boolean) ? 0 : 1;
}
