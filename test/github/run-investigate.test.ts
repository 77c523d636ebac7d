import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Investigation } from '../../src/incident/investigation.ts';
import { generateRecords } from '../support/records.ts';
import { withFolder } from '../support/with-file.ts';
import { act } from './acting.ts';
import { GitHubStandIn } from './stand-in/server.ts';
import { ACTIONS_BOT } from './stand-in/state.ts';

const START = Date.UTC(2026, 10, 23, 14, 20);
const LENGTH = 200_000;
const quiet = { requests: 2_000, every: 100 };

/** Minutes of a shop; in the second half payment answers one call in five with 500. */
const calls = [
  generateRecords({ seed: 1, ...quiet, start: START }),
  generateRecords({ seed: 2, ...quiet, start: START + LENGTH, regressions: ['new-500'] }),
]
  .flatMap((records, half) => records.map((record) => ({ ...record, id: `${half}${record.id}` })))
  .sort((a, b) => a.ts - b.ts)
  .map((record) => `${JSON.stringify(record)}\n`)
  .join('');
const half = calls.split('\n').length / 2;

let gitHub: GitHubStandIn;
beforeEach(async () => {
  gitHub = await GitHubStandIn.start();
});
afterEach(() => gitHub.stop());

describe('runAction, mode investigate', () => {
  const investigate = async (folder: string, text: string, more: Record<string, string> = {}) => {
    const candidate = join(folder, 'incident.ndjson');
    await writeFile(candidate, text);
    return act(
      folder,
      { mode: 'investigate', candidate, 'time-zone': 'Europe/Berlin', ...more },
      { GITHUB_API_URL: gitHub.apiUrl, TZ: 'UTC' },
    );
  };

  it(
    'names the origin: summary, annotation, outputs, report, and no verdict',
    () =>
      withFolder(async (folder) => {
        const reports = join(folder, 'reports');
        const { code, summary, outputs, log } = await investigate(folder, calls, {
          symptom: 'orders fail',
          'report-dir': reports,
        });
        expect(code).toBe(0);
        expect(outputs).toMatchObject({ origin: 'payment', abstained: 'false', verdict: '' });
        expect(outputs.hypothesis).toContain('payment');
        const late = Date.parse(outputs.onset ?? '') - (START + LENGTH);
        expect(Math.abs(late)).toBeLessThan(30_000);
        expect(summary).toMatch(/^# 🔎 Wireproof: Origin: payment\n/);
        expect(summary).toContain('| UTC | Europe/Berlin |');
        expect(summary).toContain('payment POST /charges');
        expect(log).toMatch(/^::warning title=Wireproof%3A Origin%3A payment::/m);
        expect(log).toContain('how it spread:');
        expect(outputs.report).toBe(join(reports, 'report.md'));
        expect(summary).toContain(await readFile(join(reports, 'report.md'), 'utf8'));
        const json = JSON.parse(await readFile(join(reports, 'report.json'), 'utf8'));
        expect(json).toMatchObject({ schemaVersion: 1, abstained: false });
        const edges = json.cascade.map((step: Investigation['cascade'][number]) => {
          expect(step.evidence.length).toBeGreaterThan(1);
          return `${step.from.operation} → ${step.to.operation}`;
        });
        expect(edges).toEqual([
          'payment POST /charges → orders POST /api/orders',
          'orders POST /api/orders → gateway POST /api/orders',
        ]);
        const began = json.timeline.filter(
          ({ kind, operation, evidence }: Investigation['timeline'][number]) =>
            kind === 'errors' && operation === 'payment POST /charges' && evidence.length > 0,
        );
        expect(began.length).toBeGreaterThan(0);
        expect(json.findings[0]).toMatchObject({
          rule: 'error.new-status',
          operation: 'payment POST /charges',
        });
        for (const { callId } of json.rootCauses[0].evidence) expect(calls).toContain(callId);
        const page = await readFile(join(reports, 'report.html'), 'utf8');
        expect(page).toContain('<title>Wireproof: Origin: payment</title>');
      }),
    60_000,
  );

  it(
    'abstains where nothing happened: 4, or 0 where that is allowed',
    () =>
      withFolder(async (folder) => {
        const nothing = calls.split('\n').slice(0, half).join('\n');
        const { code, summary, outputs, log } = await investigate(folder, nothing);
        expect(code).toBe(4);
        expect(outputs).toMatchObject({ origin: '', abstained: 'true' });
        expect(summary).toMatch(/^# ❔ Wireproof: Not enough evidence\n/);
        expect(log).toMatch(/^::warning title=Wireproof%3A Not enough evidence::/m);
        const allowed = await investigate(folder, nothing, { 'allow-inconclusive': 'true' });
        expect(allowed).toMatchObject({ code: 0, outputs: { abstained: 'true' } });
      }),
    60_000,
  );

  it(
    'asks GitHub for what was deployed, with the token that it is given',
    () =>
      withFolder(async (folder) => {
        const permissions = { deployments: 'read', contents: 'read' } as const;
        gitHub.state.tokens.set('mine', { owner: ACTIONS_BOT, permissions });
        const at = new Date(START + LENGTH - 20_000).toISOString();
        gitHub.state.deployments.set(7, {
          id: 7,
          sha: '3f9c2ab0000000000000000000000000000000aa',
          ref: 'v2.1',
          environment: 'production',
          description: null,
          payload: { service: 'payment' },
          created_at: at,
        });
        gitHub.state.deploymentStatuses.push({
          deployment: 7,
          state: 'success',
          description: '',
          created_at: at,
        });
        const { code, log } = await investigate(folder, calls, {
          deployments: 'acme/shop',
          'github-token': 'mine',
        });
        expect(code).toBe(0);
        expect(log).not.toContain('no deployments are known');
        expect(gitHub.requests.map(({ path, status }) => `${path} ${status}`)).toEqual([
          '/repos/acme/shop/deployments?per_page=100 200',
          '/repos/acme/shop/deployments/7/statuses?per_page=100 200',
        ]);
      }),
    60_000,
  );

  it(
    'goes on without deployments where GitHub refuses, and says which permission is lacking',
    () =>
      withFolder(async (folder) => {
        gitHub.state.tokens.set('mine', { owner: ACTIONS_BOT, permissions: {} });
        const { code, log } = await investigate(folder, calls, {
          deployments: 'acme/shop',
          'github-token': 'mine',
        });
        expect(code).toBe(0);
        expect(log).toContain('needs the permission deployments: read');
      }),
    60_000,
  );
});
