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
  readonly id: string;
  readonly ts: number;
  readonly latency_ms?: number | null;
  readonly src: { readonly ip: string; readonly pod?: string };
  readonly dst: { readonly svc?: string; readonly pod?: string };
  readonly method: string;
  readonly path: string;
  readonly status?: number | null;
}

async function lines<T>(file: string): Promise<T[]> {
  const text = await readFile(file, 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** When the old pod of orders was gone, and when audit was told to refuse, Unix ms. */
let [gone, struck] = [0, 0];

/** orders is rolled out, as good as before; a second later audit refuses. */
const rolledOutThenRefused: Incident = {
  name: 'rolled out, then refused',
  story: '',
  origins: [],
  cascade: [] satisfies TroubledEdge[],
  strike: async (shop) => {
    const rolledOut = await shop.rollOut('orders');
    gone = Date.now();
    await sleep(1500);
    struck = Date.now();
    return [rolledOut, await shop.strike('audit', { kind: 'refusing' })];
  },
};

describe('a shop under load', () => {
  let folder: string;
  let run: IncidentRun;
  let calls: Recorded[];
  let parents: Map<string, string | null>;
  const refused = () => run.onsets[1] ?? 0;
  const isEntry = ({ src }: Recorded) => src.ip.startsWith('203.0.113.');
  const failed = ({ status }: Recorded) => (status ?? 0) >= 500;

  const lasted = ({ latency_ms }: Recorded) => latency_ms ?? Number.POSITIVE_INFINITY;
  const endOf = (call: Recorded) => call.ts + lasted(call);

  /** The calls for which payment waited longer for a host outside than it does: a busy machine's doing. */
  function waitedInVain(): Set<string> {
    const found = new Set<string>();
    for (const call of calls.filter(({ dst, status }) => dst.svc === 'payment' && status === 504)) {
      for (let id: string | null = call.id; id; id = parents.get(id) ?? null) found.add(id);
    }
    return found;
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'shop-'));
    const options = { seed: 9, out: folder, before: 1, after: 8, rate: 25 };
    run = await runIncident(rolledOutThenRefused, options);
    calls = await lines(run.calls);
    const truth = await lines<{ child: string; parent: string | null }>(run.truth);
    parents = new Map(truth.map(({ child, parent }) => [child, parent]));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is rolled out without a failure: calls go to the new pod, the old one ends what it began', () => {
    const served = calls.filter(({ dst, ts }) => dst.svc === 'orders' && ts < refused());
    const [old, next] = [...new Set(served.map(({ dst }) => dst.pod))];
    expect(next).toMatch(/^orders-[a-z0-9]{10}-[a-z0-9]{5}$/);
    expect(next).not.toBe(old);
    expect(served.filter(({ dst, ts }) => dst.pod === old && ts > gone)).toEqual([]);
    const vain = waitedInVain();
    const ofRollout = calls.filter((call) => endOf(call) < struck);
    expect(ofRollout.filter((call) => failed(call) && !vain.has(call.id))).toEqual([]);
    // It also asks for itself, as itself.
    expect(calls.some(({ src }) => src.pod === next)).toBe(true);
  });

  it('shows nothing at the door of who refuses, and that its callers fail', () => {
    const after = calls.filter(({ ts }) => ts > refused());
    // What was on its way may be seen as late as anything that the busy machine held up.
    const lag = Math.max(...calls.filter((call) => endOf(call) < struck).map(lasted));
    expect(after.filter(({ dst, ts }) => dst.svc === 'audit' && ts > refused() + lag)).toEqual([]);
    const checkouts = after.filter(
      (call) => isEntry(call) && call.method === 'POST' && call.path === '/api/orders',
    );
    const statuses = new Set(checkouts.map(({ status }) => status));
    expect(statuses.has(502)).toBe(true);
    expect(statuses.has(201)).toBe(false);
  });
});
