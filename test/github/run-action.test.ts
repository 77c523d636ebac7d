import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type HubRecord, parseHubRecord } from '../hub/record.ts';
import { hubWith } from '../sources/kubeshark/capturing.ts';
import { generateNdjson } from '../support/records.ts';
import { withFolder } from '../support/with-file.ts';
import { act, run } from './acting.ts';

const before = generateNdjson({ seed: 1, requests: 300 });
const after = generateNdjson({ seed: 2, requests: 300, rollout: 1 });
const broken = generateNdjson({ seed: 3, requests: 300, regressions: ['field-removed'] });

const withCaptures = (use: (folder: string) => Promise<void>) =>
  withFolder(async (folder) => {
    await writeFile(join(folder, 'before.ndjson'), before);
    await writeFile(join(folder, 'after.ndjson'), after);
    await writeFile(join(folder, 'broken.ndjson'), broken);
    await use(folder);
  });

describe('runAction, mode compare', () => {
  const compare = (folder: string, candidate: string, more = {}, env = {}) =>
    act(
      folder,
      {
        mode: 'compare',
        baseline: join(folder, 'before.ndjson'),
        candidate: join(folder, candidate),
        ...more,
      },
      env,
    );

  it('passes, tells so in the summary, and sets the outputs', () =>
    withCaptures(async (folder) => {
      const { code, summary, outputs, log } = await compare(folder, 'after.ndjson');
      expect(summary).toContain('# ✅ Wireproof: PASS');
      expect(outputs).toMatchObject({ verdict: 'PASS', findings: '0', report: '', junit: '' });
      const { outputs: documented } = parse(await readFile('action.yml', 'utf8'));
      expect(Object.keys(outputs).sort()).toEqual(Object.keys(documented).sort());
      expect(log).toContain('PASS');
      expect(code).toBe(0);
    }));

  it('fails with annotations and a report', () =>
    withCaptures(async (folder) => {
      const reports = join(folder, 'reports');
      const { code, summary, outputs, log } = await compare(folder, 'broken.ndjson', {
        'report-dir': reports,
      });
      expect(code).toBe(1);
      expect(summary).toContain('# ❌ Wireproof: FAIL');
      expect(log).toMatch(/^::error title=schema\.field-removed%3A orders GET/m);
      expect(outputs.verdict).toBe('FAIL');
      expect(Number(outputs.findings)).toBeGreaterThan(0);
      expect(outputs.report).toBe(join(reports, 'report.md'));
      expect(await readFile(outputs.junit ?? '', 'utf8')).toContain('verdict.fail');
      const { runs } = JSON.parse(await readFile(outputs.sarif ?? '', 'utf8'));
      expect(runs[0].results[0].level).toBe('error');
      expect(summary).toContain(await readFile(join(reports, 'report.md'), 'utf8'));
      const page = await readFile(join(reports, 'report.html'), 'utf8');
      expect(page).toContain('<title>Wireproof: FAIL</title>');
    }));

  it('is inconclusive with too few calls, and passes all the same where that is allowed', () =>
    withCaptures(async (folder) => {
      await writeFile(join(folder, 'few.ndjson'), after.split('\n').slice(0, 40).join('\n'));
      expect(await compare(folder, 'few.ndjson')).toMatchObject({
        code: 4,
        outputs: { verdict: 'INCONCLUSIVE' },
        log: expect.stringMatching(/^::warning title=Wireproof%3A INCONCLUSIVE::/m),
      });
      const allowed = { 'allow-inconclusive': 'true' };
      expect(await compare(folder, 'few.ndjson', allowed)).toMatchObject({
        code: 0,
        outputs: { verdict: 'INCONCLUSIVE' },
      });
    }));

  it('tells a FAIL of a dry run as it is, and passes', () =>
    withCaptures(async (folder) => {
      const ran = await compare(folder, 'broken.ndjson', { 'dry-run': 'true' });
      expect(ran).toMatchObject({ code: 0, outputs: { verdict: 'FAIL' } });
      expect(ran.summary).toContain('# ❌ Wireproof: FAIL');
      expect(ran.log).toContain('dry run: the verdict is FAIL, the exit code 0');
    }));

  it('lets a pull request accept nothing for itself until it is merged', () =>
    withCaptures(async (folder) => {
      const config = join(folder, 'wireproof.yml');
      await writeFile(
        config,
        'accept: [{rule: schema.*, operation: "*", reason: trust me, expires: 2099-01-01}]\n',
      );
      const judged = (name: string) =>
        compare(folder, 'broken.ndjson', { config }, { GITHUB_EVENT_NAME: name });
      expect(await judged('push')).toMatchObject({ code: 0, outputs: { verdict: 'PASS' } });
      const { code, summary, log } = await judged('pull_request');
      expect(code).toBe(1);
      expect(log).toMatch(/of the base branch could not be read.*fetch-depth: 0/);
      expect(summary).toContain('acceptance proposed here, it counts once merged or approved');
    }));

  it('could not read: 3, with the remedy beside the workflow', () =>
    withCaptures(async (folder) => {
      const { code, log, summary } = await compare(folder, 'nowhere.ndjson');
      expect(code).toBe(3);
      expect(log).toMatch(/^::error title=Wireproof::wireproof: .*nowhere\.ndjson.*%0Ahint: /m);
      expect(summary).toContain('# ⚠️ Wireproof: no verdict');
    }));

  it('keeps within what other parts of the step left of the summary', () =>
    withCaptures(async (folder) => {
      await writeFile(join(folder, 'summary.md'), 'x'.repeat(998_000));
      const { summary } = await compare(folder, 'broken.ndjson');
      expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(1_000_001);
      expect(summary).toContain('Wireproof: FAIL');
    }));
});

describe('runAction, mode monitor', () => {
  const BEGIN = Date.UTC(2026, 10, 2, 9, 30);
  const records = generateNdjson({ seed: 1, requests: 600, every: 1_000, start: BEGIN })
    .trim()
    .split('\n')
    .map(parseHubRecord);
  const monitor = async (folder: string, more = {}, given: readonly HubRecord[] = records) => {
    await using hub = await hubWith(given);
    return await act(folder, {
      mode: 'monitor',
      'kubeshark-url': hub.url,
      state: join(folder, 'state'),
      interval: '1m',
      start: String(BEGIN),
      end: String(BEGIN + 300_000 - 1),
      ...more,
    });
  };

  it('looks once: the summary of all of it, the outputs, and no verdict', () =>
    withFolder(async (folder) => {
      const { code, summary, outputs, log } = await monitor(folder);
      expect(summary).toContain('# 🟢 Wireproof: nothing fires');
      expect(summary).toContain('## 🟢 all: 2026-11-02 09:30 to 09:35 UTC');
      expect(summary).toContain('### Top callers');
      expect(outputs).toMatchObject({ alerts: '0', verdict: '', findings: '' });
      expect(log).toContain('5 intervals');
      expect(code).toBe(0);
    }));

  it('prints a summary as often as it is asked to', () =>
    withFolder(async (folder) => {
      const { log } = await monitor(folder, { summary: '1m' });
      expect(log.match(/^## 🟢 all: /gm)?.length).toBe(5);
    }));

  it('is inconclusive where there was no call, and says so with no green mark', () =>
    withFolder(async (folder) => {
      const { code, summary } = await monitor(folder, { namespace: 'nowhere' });
      expect(code).toBe(4);
      expect(summary).toContain('# ⚪ Wireproof: nothing fires');
    }));

  it('could not capture: 3, and nothing is told but to the workflow', () =>
    withFolder(async (folder) => {
      const { code, log } = await monitor(folder, { 'kubeshark-url': 'http://127.0.0.1:9' });
      expect(code).toBe(3);
      expect(log).toMatch(/^::error title=Wireproof::/m);
    }));
});

describe('runAction', () => {
  it('masks tokens before anything else is logged, wrong usage included', () =>
    withFolder(async (folder) => {
      const inputs = { mode: 'nonsense', 'kubeshark-token': 's3cret' };
      const { code, log } = await act(folder, inputs, { KUBESHARK_HUB_TOKEN: 'other' });
      expect(code).toBe(2);
      expect(log.split('\n').slice(0, 2)).toEqual(['::add-mask::s3cret', '::add-mask::other']);
      expect(log.split('\n').slice(2).join('\n')).not.toContain('s3cret');
    }));

  it('runs without the files of a workflow', () =>
    withFolder(async (folder) => {
      await mkdir(join(folder, 'empty'));
      expect((await run(folder, { INPUT_MODE: 'verify' })).code).toBe(2);
    }));
});
