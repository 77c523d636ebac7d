import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { run as baseline } from '../../src/commands/baseline.ts';
import { run as compare } from '../../src/commands/compare.ts';
import type { OptionName } from '../../src/commands/options.ts';
import { run as show } from '../../src/commands/show.ts';
import { run as verify } from '../../src/commands/verify.ts';
import { encodeWindows } from '../../src/profile/windows-codec.ts';
import { decoded } from '../../src/store/read-stored.ts';
import { calls, hubWith, minute, start } from '../sources/kubeshark/capturing.ts';
import { commandIO, inputsOf } from '../support/running.ts';
import { profileAt } from '../support/stored.ts';
import { withFolder } from '../support/with-file.ts';

type Given = Partial<Record<OptionName, string>>;

const verbs = { baseline, verify, compare, show };
const pipeline = {
  PATH: process.env.PATH,
  GITHUB_REPOSITORY: 'Acme/shop',
  GITHUB_SHA: 'c0ffee',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_WORKFLOW: 'gate',
  GITHUB_RUN_ID: '42',
};

async function ran(
  verb: keyof typeof verbs,
  given: Given,
  env: Record<string, string | undefined> = pipeline,
  captures: readonly string[] = [],
) {
  const { io, printed, noted } = commandIO();
  const outcome = await verbs[verb](inputsOf(verb, given, captures), { ...io, env });
  return { ...outcome, out: printed.join(''), noted: noted.join('\n') };
}

const range = { start: String(minute.start), end: String(minute.end) };
const second = (i: number) => ({
  start: String(start + i * 1_000),
  end: String(start + i * 1_000 + 999),
});
const stored = async (path: string) => decoded(path, await readFile(path));

describe('where there is no baseline yet', () => {
  test.each([
    ['inconclusive', 4, 'INCONCLUSIVE'],
    ['fail', 1, 'FAIL'],
    ['pass', 0, 'INCONCLUSIVE'],
  ])('the policy %s exits %d with %s, and says what to do', (policy, exitCode, verdict) =>
    withFolder(async (folder) => {
      const place = join(folder, 'base.json.zst');
      const given = { 'missing-baseline': policy };
      const { out, ...told } = await ran('verify', { baseline: place, json: 'true', ...given });
      expect(told).toMatchObject({ exitCode, judgement: { verdict } });
      const schema = JSON.parse(await readFile('docs/schema/judgement.schema.json', 'utf8'));
      const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);
      expect(validate(JSON.parse(out)), JSON.stringify(validate.errors)).toBe(true);
      const [why, remedy] = JSON.parse(out).reasons;
      expect(why).toBe(`there is no baseline in ${place} yet: nothing was compared`);
      expect(remedy).toContain('wireproof baseline');
    }),
  );

  test('a file that is not there is an error, unless a policy for it is given', () =>
    withFolder(async (folder) => {
      const place = join(folder, 'base.json');
      await expect(ran('verify', { baseline: place })).rejects.toMatchObject({
        exitCode: 3,
        message: `cannot read the baseline ${place}: there is no such file`,
        hint: expect.stringContaining('--missing-baseline inconclusive'),
      });
      const cand = join(folder, 'cand.json');
      await writeFile(cand, encodeWindows([profileAt(1_000)]));
      await expect(ran('compare', {}, pipeline, [place, cand])).rejects.toMatchObject({
        exitCode: 3,
      });
      const policy = { 'missing-baseline': 'pass' };
      expect(await ran('compare', policy, pipeline, [place, cand])).toMatchObject({
        exitCode: 0,
        judgement: { verdict: 'INCONCLUSIVE' },
      });
    }));

  test('compare says so of a place, and show too', () =>
    withFolder(async (folder) => {
      execFileSync('git', ['init', '--quiet', folder]);
      const env = { ...pipeline, GIT_DIR: join(folder, '.git') };
      const cand = join(folder, 'cand.json');
      await writeFile(cand, encodeWindows([profileAt(1_000)]));
      const compared = await ran('compare', {}, env, ['git:base', cand]);
      expect(compared).toMatchObject({ exitCode: 4 });
      expect(compared.out).toContain('there is no baseline in git:base yet');
      await expect(ran('show', {}, env, ['git:base'])).rejects.toThrow(
        /no baseline in git:base yet/,
      );
    }));
});

describe('a stored baseline', () => {
  test('tells verify, compare and show where it comes from', () =>
    withFolder(async (folder) => {
      execFileSync('git', ['init', '--quiet', folder]);
      const env = { ...pipeline, GIT_DIR: join(folder, '.git'), WIREPROOF_ENVIRONMENT: 'staging' };
      await using hub = await hubWith(calls(200));
      const source = { 'kubeshark-url': hub.url, ...range };
      const place = 'git:refs/wireproof/b:shop.zst';
      expect(await ran('baseline', { ...source, output: place }, env)).toMatchObject({
        exitCode: 0,
        files: { profile: place },
      });
      const { judgement, out } = await ran('verify', { ...source, baseline: place }, env);
      expect(judgement?.baselineOrigin).toMatchObject({
        place,
        repository: 'github.com/acme/shop',
        commit: 'c0ffee',
        ref: 'refs/heads/main',
        workflow: 'gate',
        runId: '42',
        environment: 'staging',
        windows: 1,
        tooOld: 0,
      });
      expect(out).toContain(`baseline from ${place}, commit c0ffee, refs/heads/main`);
      const cand = join(folder, 'cand.json');
      await writeFile(cand, encodeWindows([profileAt(start + 3 * 86_400_000)]));
      const { judgement: compared } = await ran('compare', {}, env, [place, cand]);
      expect(compared?.baselineOrigin).toMatchObject({ commit: 'c0ffee' });
      expect(compared?.baselineOrigin?.ageMs).toBeGreaterThan(2 * 86_400_000);
      const shown = JSON.parse((await ran('show', { json: 'true' }, env, [place])).out);
      expect(shown).toMatchObject({
        place,
        calls: 200,
        provenance: { windows: [{ runId: '42' }] },
      });
    }));

  test('is refused by another scope and by another repository, naming both', () =>
    withFolder(async (folder) => {
      await using hub = await hubWith(calls(50));
      const source = { 'kubeshark-url': hub.url, ...range };
      const place = join(folder, 'base.json');
      const scope = { kfl: 'http' };
      await ran('baseline', { ...source, ...scope, output: place });
      const against = { ...source, baseline: place };
      await expect(ran('verify', { ...against, kfl: 'redis' })).rejects.toMatchObject({
        message: `${place} does not fit: it was captured with kfl http, this run has kfl redis`,
        exitCode: 2,
      });
      await expect(ran('verify', { ...against, ...scope, namespace: 'shop' })).rejects.toThrow(
        /captured with namespace \(all\), this run has namespace shop/,
      );
      const elsewhere = { ...pipeline, GITHUB_REPOSITORY: 'evil/shop' };
      await expect(ran('verify', { ...against, ...scope }, elsewhere)).rejects.toMatchObject({
        message: `${place} does not fit: it is of github.com/acme/shop, this is github.com/evil/shop`,
        exitCode: 2,
      });
    }));

  test('rolls by whole windows only', () =>
    withFolder(async (folder) => {
      await using hub = await hubWith(calls(100));
      const early = { start: String(start - 60_000), end: range.end };
      const given = { 'kubeshark-url': hub.url, ...early, output: join(folder, 'base.json') };
      await expect(ran('baseline', { ...given, rolling: '2' })).rejects.toMatchObject({
        message: expect.stringMatching(/takes whole windows only: /),
        exitCode: 3,
      });
      expect(await ran('baseline', given)).toMatchObject({ exitCode: 0 });
    }));

  test('rolls: the last N windows stay, of which the old ones are left out', () =>
    withFolder(async (folder) => {
      await using hub = await hubWith(calls(3_000));
      const place = join(folder, 'base.json.zst');
      const roll = (i: number, more: Given = {}) =>
        ran('baseline', {
          'kubeshark-url': hub.url,
          ...second(i),
          output: place,
          rolling: '2',
          ...more,
        });
      const seconds = async () =>
        (await stored(place)).windows.map(({ capture }) =>
          Math.floor(((capture.end ?? 0) - start) / 1_000),
        );
      await roll(0);
      await roll(5);
      expect(await seconds()).toEqual([0, 5]);
      await roll(7);
      await roll(7);
      expect(await seconds()).toEqual([5, 7]);
      expect((await roll(9, { 'max-age': '1s' })).noted).toContain('2 were older than --max-age');
      expect(await seconds()).toEqual([9]);
      const cand = join(folder, 'cand.json');
      await writeFile(cand, encodeWindows([profileAt(start + 60_000)]));
      await roll(30, { rolling: '5' });
      const young = await ran('compare', { 'max-age': '40s' }, pipeline, [place, cand]);
      expect(young.judgement?.baselineOrigin).toMatchObject({ windows: 1, tooOld: 1 });
      expect(young.noted).toContain("1 of the baseline's 2 windows are older than --max-age");
      const old = await ran('compare', { 'max-age': '1s' }, pipeline, [place, cand]);
      expect(old).toMatchObject({ exitCode: 4, judgement: { verdict: 'INCONCLUSIVE' } });
      expect(old.out).toContain('is older than --max-age, all of its 2 windows');
      await expect(roll(31, { kfl: 'http' })).rejects.toThrow(/does not fit/);
      await expect(ran('baseline', { rolling: '2' })).rejects.toThrow(/needs a place/);
      await writeFile(place, encodeWindows([profileAt(start)]));
      await expect(roll(32)).rejects.toThrow(/does not say where it comes from/);
    }));
});
