import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Store } from '../../../demo/cluster/store.ts';
import type { Call } from '../../../src/calls/call.ts';
import type { Target } from '../../../src/calls/target.ts';
import type { Namer } from '../../../src/compare/draw-names.ts';
import type { Profile } from '../../../src/profile/profile.ts';
import { profileCapture } from '../../../src/profile/profiler.ts';
import { readNdjson } from '../../../src/sources/ndjson.ts';
import { captureShop } from '../shop-capture.ts';
import { judgePair } from './pair.ts';
import { breakingOf, reportSame, type SameResult } from './same.ts';
import { type Both, flagged } from './yardsticks.ts';

/**
 * The gate on real processes that did not change: captures of the demo's shop, each of another
 * rollout with other data and another sequence of requests, every one compared with the next.
 *
 *   node scripts/accuracy/lab/real.ts [FOLDER] [--pairs N] [--seed S] [--details]
 *
 * N pairs (20) take N + 1 captures; those that are in FOLDER already are used again.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    pairs: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1000' },
    details: { type: 'boolean', default: false },
  },
});

interface Captured {
  readonly profile: Profile;
  readonly calls: readonly { readonly call: Call; readonly target: Target }[];
}

const folder = positionals[0] ?? join(tmpdir(), 'wireproof-accuracy-real');
await mkdir(folder, { recursive: true });
const results: SameResult[] = [];
const store = await Store.start();
try {
  let last = await capture(0);
  for (let i = 1; i <= Number(values.pairs); i++) {
    const next = await capture(i);
    const result = compare(last, next);
    process.stderr.write(`pair ${i} of ${values.pairs}: ${result.verdict}\n`);
    results.push(result);
    last = next;
  }
} finally {
  await store.kill();
}
process.stdout.write(`### real processes\n\n${reportSame(results, values.details)}\n`);

async function capture(index: number): Promise<Captured> {
  const seed = Number(values.seed) + index;
  const files = await captureShop(folder, `same-${seed}`, { seed, store });
  const calls: { call: Call; target: Target }[] = [];
  const profile = await profileCapture(readNdjson(files.calls), {
    onCall: (call, target) => calls.push({ call, target }),
  });
  return { profile, calls };
}

function compare(base: Captured, cand: Captured): SameResult {
  const { judgement, comparison } = judgePair(base.profile, cand.profile);
  return {
    verdict: judgement.verdict,
    calls: base.calls.length,
    breaking: breakingOf(judgement.findings),
    yardsticks: flagged(bothOf(base, cand, comparison.pairing.name)),
  };
}

function bothOf(base: Captured, cand: Captured, name: Namer): Map<string, Both> {
  const group = ({ calls }: Captured) =>
    Map.groupBy(calls, ({ target }) => name(target, target.segments));
  const [before, after] = [group(base), group(cand)];
  return new Map(
    [...before].map(([operation, calls]) => [
      operation,
      {
        base: calls.map(({ call }) => call),
        cand: (after.get(operation) ?? []).map(({ call }) => call),
      },
    ]),
  );
}
