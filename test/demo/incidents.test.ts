import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { members } from '../../demo/cluster/topology.ts';
import type { Incident, TroubledEdge } from '../../demo/incidents/incident.ts';
import { matrix } from '../../demo/incidents/matrix.ts';
import { poolExhausted } from '../../demo/incidents/pool.ts';
import { quiet } from '../../demo/incidents/quiet.ts';
import { type IncidentRun, runIncident } from '../../demo/incidents/run.ts';
import { twelve } from '../../demo/incidents/twelve.ts';

const all = [...twelve, poolExhausted, ...quiet, ...matrix];

/** Those that trouble reaches from an origin, by edges of the cascade. */
function reached({ origins, cascade }: Incident): Set<string> {
  const found = new Set(origins.map(({ service }) => service));
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const [callee, caller] of cascade) if (found.has(callee)) found.add(caller);
  }
  return found;
}

describe('the incidents', () => {
  it('are twelve, and ten times nothing, each by its own name', () => {
    expect(twelve).toHaveLength(12);
    expect(quiet).toHaveLength(10);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  });

  it.each(all)(
    '$name spreads along calls that the shop makes, from its origin to the gateway',
    (incident) => {
      const { origins, cascade, unseen = [] } = incident;
      for (const [callee, caller] of cascade) {
        expect(members.find(({ name }) => name === caller)?.calls).toContain(callee);
      }
      const from = reached(incident);
      expect(cascade.filter(([callee]) => !from.has(callee))).toEqual([]);
      if (origins.length > 0) expect([...from]).toContain('gateway');
      const keys = new Set(cascade.map(String));
      expect(unseen.filter((edge) => !keys.has(String(edge)))).toEqual([]);
    },
  );
});

interface Recorded {
  readonly ts: number;
  readonly latency_ms?: number;
  readonly src: { readonly ip: string; readonly pod?: string };
  readonly dst: { readonly svc?: string; readonly pod?: string };
  readonly method: string;
  readonly path: string;
  readonly status?: number;
}

/** orders is rolled out, as good as before; a second later audit refuses. */
const rolledOutThenRefused: Incident = {
  name: 'rolled out, then refused',
  story: '',
  origins: [],
  cascade: [] satisfies TroubledEdge[],
  strike: async (shop) => {
    const rolledOut = await shop.rollOut('orders');
    await sleep(1500);
    return [rolledOut, await shop.strike('audit', { kind: 'refusing' })];
  },
};

describe('a shop under load', () => {
  let folder: string;
  let run: IncidentRun;
  let calls: Recorded[];
  const [rolledOut, refused] = [() => run.onsets[0] ?? 0, () => run.onsets[1] ?? 0];
  const isEntry = ({ src }: Recorded) => src.ip.startsWith('203.0.113.');
  const failed = ({ status = 0 }: Recorded) => status >= 500;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'shop-'));
    const options = { seed: 9, out: folder, before: 2, after: 5, rate: 25 };
    run = await runIncident(rolledOutThenRefused, options);
    const text = await readFile(run.calls, 'utf8');
    calls = text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is rolled out without a failure: calls go to the new pod, the old one ends what it began', () => {
    const served = calls.filter(({ dst, ts }) => dst.svc === 'orders' && ts < refused());
    const [old, next] = [...new Set(served.map(({ dst }) => dst.pod))];
    expect(next).toMatch(/^orders-[a-z0-9]{10}-[a-z0-9]{5}$/);
    expect(next).not.toBe(old);
    const late = served.filter(({ dst, ts }) => dst.pod === old && ts > rolledOut() + 1000);
    expect(late).toEqual([]);
    // The first calls of processes that have just started may take too long.
    const warm = Math.min(...calls.map(({ ts }) => ts)) + 1000;
    const ofRollout = calls.filter(({ ts }) => ts > warm && ts < refused() - 100);
    expect(ofRollout.filter(failed)).toEqual([]);
    // It also asks for itself, as itself.
    expect(calls.some(({ src }) => src.pod === next)).toBe(true);
  });

  it('shows nothing at the door of who refuses, and that its callers fail', () => {
    const after = calls.filter(({ ts }) => ts > refused() + 100);
    expect(after.filter(({ dst }) => dst.svc === 'audit')).toEqual([]);
    const checkouts = after.filter(
      (call) => isEntry(call) && call.method === 'POST' && call.path === '/api/orders',
    );
    const statuses = new Set(checkouts.map(({ status }) => status));
    expect(statuses.has(502)).toBe(true);
    expect(statuses.has(201)).toBe(false);
  });
});
