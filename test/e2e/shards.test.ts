import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { zstdDecompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { Bench } from '../examples/bench.ts';
import { documentsOf, exampleAt } from '../examples/example-files.ts';
import type { HubRecord } from '../hub/record.ts';
import { hubWith } from '../sources/kubeshark/capturing.ts';
import { generateRecords } from '../support/records.ts';
import { withFolder } from '../support/with-file.ts';

interface Container {
  readonly args: readonly string[];
}
interface Manifest {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly initContainers?: readonly Container[];
        readonly containers: readonly Container[];
      };
    };
  };
}

const MINUTE = 60_000;

/** What a container of the Indexed Job, or of the Job that merges, runs; with its volume in a folder. */
function scriptOf(file: string, kind: 'initContainers' | 'containers', folder: string): string {
  const [manifest] = documentsOf(exampleAt(`kubernetes-shards/${file}`)) as [Manifest];
  const [script] = manifest.spec.template.spec[kind]?.[0]?.args ?? [];
  expect(script).toContain('/results');
  return (script ?? '').replaceAll('/results', folder);
}

it('1, 2, 7 and 16 shards as real processes, one killed and repeated, give the bytes of the whole', () =>
  withFolder(async (folder) => {
    const bench = await Bench.in(folder);
    const start = Date.now() - 21 * MINUTE;
    const records = generateRecords({ requests: 120, every: 10_000, seenTwice: 0.2, start });
    const held = { oldest_ts: start - 60 * MINUTE, newest_ts: Date.now() + 60 * MINUTE };
    await using hub = await hubWith(records as readonly object[] as readonly HubRecord[], {
      l7Boundaries: held,
    });
    const [window, shard, merge] = [
      scriptOf('shards.yaml', 'initContainers', folder),
      scriptOf('shards.yaml', 'containers', folder),
      scriptOf('merge.yaml', 'containers', folder),
    ];
    const env = { KUBESHARK_URL: hub.url, NAMESPACE: 'shop', MINUTES: '30' };
    const call = hub.hub.call.bind(hub.hub);
    let beforeAnswer = () => {};
    hub.hub.call = (name, args) => {
      if (name === 'list_api_calls') beforeAnswer();
      return call(name, args);
    };
    const good = async (script: string, more: Readonly<Record<string, string>>) => {
      const ran = await bench.run(script, { ...env, ...more });
      expect(ran.code, ran.output).toBe(0);
      return ran.output;
    };

    await good(window, { RUN: 'whole', HOSTNAME: 'pod' });
    const fixed = await readFile(bench.path('whole/window'), 'utf8');
    await good(shard.replace(/--shard .*/, `-o '${bench.path('whole.json')}'`), { RUN: 'whole' });
    const whole = await readFile(bench.path('whole.json'), 'utf8');
    expect(JSON.parse(whole).capture.calls).toBeGreaterThan(400);

    for (const count of [1, 2, 7, 16]) {
      const run = { RUN: `of-${count}`, SHARDS: String(count) };
      await bench.run(`mkdir of-${count} && cp whole/window of-${count}/`);
      await good(window, { ...run, HOSTNAME: 'later' });
      expect(await readFile(bench.path(`of-${count}/window`), 'utf8')).toBe(fixed);

      const killed = bench.begin(shard, { ...env, ...run, JOB_COMPLETION_INDEX: '0' });
      beforeAnswer = killed.kill;
      expect(await killed.ended).toMatchObject({ code: null, signal: 'SIGKILL' });
      beforeAnswer = () => {};
      const result = bench.path(
        `of-${count}/shard-${'0'.padStart(String(count).length, '0')}-of-${count}.json.zst`,
      );
      expect(existsSync(result)).toBe(false);
      const merging = good(merge, run);
      const indexes = [...Array(count).keys()].reverse();
      const pod = async () => {
        for (let i = indexes.pop(); i !== undefined; i = indexes.pop()) {
          await good(shard, { ...run, JOB_COMPLETION_INDEX: String(i) });
        }
      };
      await Promise.all([pod(), pod()]);
      await merging;
      const merged = await readFile(bench.path(`of-${count}/profile.json.zst`));
      expect(zstdDecompressSync(merged).toString()).toBe(whole);
    }
  }));
