/**
 * Schema differences against labelled pairs: published examples of an API's versions (every added,
 * removed and retyped path is to be found, none invented), and calls of two versions of OpenAPI
 * documents (a finding of the fitting kind where traffic shows the change, none where it doesn't).
 * Usage: schemas.ts [folder with `schemas` and `openapi-pairs`]
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Call } from '../../src/calls/call.ts';
import { compareProfiles } from '../../src/compare/compare.ts';
import type { Finding } from '../../src/compare/finding.ts';
import { profileCapture } from '../../src/profile/profiler.ts';
import { readNdjson } from '../../src/sources/ndjson.ts';
import { injections } from './schema-injections.ts';

const folder = process.argv[2] ?? '../shared/data';
const verbose = process.argv.includes('--verbose');

interface Version {
  readonly from: string;
  readonly to: string;
  readonly changes: Readonly<
    Record<string, { added?: string[]; removed?: string[]; type_changed?: string[] }>
  >;
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

const covers = (finding: string, label: string) =>
  label === finding || label.startsWith(`${finding}/`);

async function versions(): Promise<boolean> {
  let wanted = 0;
  let found = 0;
  let reported = 0;
  let right = 0;
  let failing = 0;
  for (const { from, to, changes } of labels<Version>('schemas')) {
    const file = (name: string) => join(folder, 'schemas', `${name}.ndjson.gz`);
    const { findings } = await compareFiles(file(from), file(to), 1);
    const usual = await compareFiles(file(from), file(to), 20);
    failing += usual.findings.filter(({ severity }) => severity === 'breaking').length;
    const schema = findings.filter(({ rule }) => rule.startsWith('schema.'));
    for (const [resource, change] of Object.entries(changes)) {
      const all = [
        ...(change.added ?? []),
        ...(change.removed ?? []),
        ...(change.type_changed ?? []).map((text) => text.split(': ')[0] as string),
      ];
      const pointers = schema
        .filter(({ operation }) => operation.split('/')[2] === `${resource}s`)
        .map(pointerOf);
      for (const label of all) {
        wanted++;
        if (pointers.some((pointer) => covers(pointer, label))) found++;
        else if (verbose) say(`  missed ${from} ${resource} ${label}`);
      }
    }
    for (const finding of schema) {
      const resource = finding.operation.split('/')[2]?.replace(/s$/, '') ?? '';
      const change = changes[resource];
      const all = [
        ...(change?.added ?? []),
        ...(change?.removed ?? []),
        ...(change?.type_changed ?? []).map((text) => text.split(': ')[0] as string),
      ];
      reported++;
      if (all.includes(pointerOf(finding))) right++;
      else if (verbose)
        say(`  invented ${from} ${finding.operation} ${finding.rule} ${finding.summary}`);
    }
  }
  const recall = found / wanted;
  const precision = right / reported;
  say(`schemas: ${found} of ${wanted} labelled paths found: recall ${recall.toFixed(4)}`);
  say(`schemas: ${right} of ${reported} findings labelled: precision ${precision.toFixed(4)}`);
  say(`schemas: breaking findings with the default support: ${failing}`);
  return recall >= 0.99 && precision >= 0.99 && failing === 0;
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

async function pairs(): Promise<boolean> {
  let good = true;
  let fits = 0;
  let shown = 0;
  let quiet = 0;
  let alike = 0;
  for (const { name, differs, visible, expected } of labels<Pair>('openapi-pairs')) {
    const file = (side: string) => join(folder, 'openapi-pairs', name, `${side}.ndjson.gz`);
    const { findings } = await compareFiles(file('base'), file('revision'), 20);
    const contract = findings.filter(({ category }) => category === 'schema-change');
    const fit = expected.some(({ id }) => contract.some(({ rule }) => fitting(id).test(rule)));
    if (visible && differs) {
      shown++;
      if (fit) fits++;
      else good = false;
    }
    if (!differs) {
      alike++;
      if (findings.length === 0) quiet++;
      else good = false;
    }
    if (verbose && (findings.length > 0 || (visible && differs))) {
      say(
        `  ${name} [${expected.map(({ id }) => id).join(', ')}] differs ${differs} visible ${visible}`,
      );
      for (const { rule, severity, path, summary } of findings) {
        say(`    ${severity} ${rule} | ${path} | ${summary}`);
      }
    }
  }
  say(`openapi-pairs: ${fits} of ${shown} visible changes have a finding of the fitting kind`);
  say(`openapi-pairs: ${quiet} of ${alike} pairs whose calls do not differ have no finding`);
  return good;
}

async function planted(): Promise<boolean> {
  const templates: unknown[] = [];
  let like: Call | undefined;
  for await (const seen of readNdjson(join(folder, 'schemas', '008_2022-02-03.ndjson.gz'))
    .observations) {
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
  const ok = [await versions(), await pairs(), await planted()];
  process.exitCode = ok.every(Boolean) ? 0 : 1;
}
