import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Hub } from '../hub/hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import type { HubRecord } from '../hub/record.ts';
import { serve } from '../hub/serve.ts';
import { calls, minute } from '../sources/kubeshark/capturing.ts';
import { expectPromised } from '../support/promised.ts';
import { withFolder } from '../support/with-file.ts';
import { ran, started, until } from './processes.ts';

const window = `--start ${minute.start} --end ${minute.end}`;

/** A Hub to which something happens before it answers the n-th call of a tool. */
class TurningHub extends Hub {
  #asked = 0;
  turn: (asked: number, tool: string) => void = () => {};

  override call(...args: Parameters<Hub['call']>) {
    this.turn(++this.#asked, args[0]);
    return super.call(...args);
  }
}

async function turning(
  turn: (hub: TurningHub) => TurningHub['turn'],
  options: Partial<HubOptions> = {},
  records: readonly HubRecord[] = calls(400),
) {
  const hub = new TurningHub(records, { pageLimit: 100, ...options });
  hub.turn = turn(hub);
  const { url, close } = await serve(hub);
  return { hub, url, [Symbol.asyncDispose]: close };
}

const listed = (hub: Hub) => hub.served.get('list_api_calls') ?? 0;
const mid = (hub: Hub) => listed(hub) > 6;

it('that loses the tool which lists calls ends with 3, and says so', () =>
  withFolder(async (folder) => {
    await using hub = await turning((it) => () => {
      if (mid(it)) it.options.without = ['list_api_calls'];
    });
    const ended = await ran(folder, `baseline --kubeshark-url ${hub.url} ${window} -o b.json`);
    expectPromised('a tool of the Hub vanishes in mid-run', ended);
    expect(await readdir(folder)).toEqual([]);
  }));

it('whose tool takes other arguments ends with 3, and says which', () =>
  withFolder(async (folder) => {
    await using hub = await turning((it) => () => {
      if (mid(it)) it.options.renamed = { start: 'from', end: 'to' };
    });
    const ended = await ran(folder, `baseline --kubeshark-url ${hub.url} ${window} -o b.json`);
    expectPromised('a tool takes other arguments in mid-run', ended);
    expect(await readdir(folder)).toEqual([]);
  }));

it('that loses a tool which is not needed is read to the end', () =>
  withFolder(async (folder) => {
    await using hub = await turning((it) => () => {
      if (mid(it)) it.options.without = ['get_dissection_status', 'list_l4_flows', 'get_api_call'];
    });
    const ended = await ran(folder, `baseline --kubeshark-url ${hub.url} ${window} -o b.json`);
    expectPromised('a tool that is not needed vanishes in mid-run', ended);
  }));

/** The same calls, seen on the nodes of another cluster. */
const elsewhere = (records: readonly HubRecord[]): HubRecord[] =>
  records.map((record) => ({ ...record, node_id: `other-${record.node_id}` }));

it('that answers for another cluster half way ends with 3, and names the nodes', () =>
  withFolder(async (folder) => {
    const other = new Hub(elsewhere(calls(400)), { pageLimit: 100 });
    const hub = new TurningHub(calls(400), { pageLimit: 100 });
    const own = hub.call.bind(hub);
    let asked = 0;
    hub.call = (...args) => (++asked > 12 ? other : { call: own }).call(...args);
    const { url, close } = await serve(hub);
    try {
      const ended = await ran(folder, `baseline --kubeshark-url ${url} ${window} -o b.json`);
      expectPromised('the Hub answers for another cluster half way', ended);
      expect(await readdir(folder)).toEqual([]);
    } finally {
      await close();
    }
  }));

it('of another cluster than that of the baseline passes nothing', () =>
  withFolder(async (folder) => {
    await using here = await turning(() => () => {});
    const renamed = JSON.parse(
      JSON.stringify(elsewhere(calls(400))).replaceAll('"svc":"', '"svc":"other-'),
    );
    await using there = await turning(() => () => {}, {}, renamed);
    const source = (url: string) => `--kubeshark-url ${url} ${window}`;
    expect((await ran(folder, `baseline ${source(here.url)} -o b.json`)).code).toBe(0);
    const ended = await ran(folder, `verify ${source(there.url)} --baseline b.json`);
    expectPromised('the Hub is of another cluster than the baseline', ended);
  }));

const snapshots = async (hub: Hub) => {
  const answer = await hub.call('list_snapshots', {});
  return JSON.parse(answer.kind === 'result' ? answer.text : '{}').total as number;
};

it.each(['SIGINT', 'SIGTERM'] as const)('snapshots go with a run that %s ends', (signal) =>
  withFolder(async (folder) => {
    await using hub = await turning(() => () => {}, { jobPolls: 1_000 });
    const line = `baseline --kubeshark-url ${hub.url} ${window} --route snapshot --delete-snapshot -o b.json`;
    const { child, ended } = started(folder, line);
    await until(() => (hub.hub.served.get('get_snapshot') ?? 0) > 0);
    child.kill(signal);
    expectPromised('interrupted while a snapshot is made, with --delete-snapshot', await ended);
    expect(await snapshots(hub.hub)).toBe(0);
    expect(await readdir(folder)).toEqual([]);
  }),
);

it('snapshots go with a run that fails, and with one that succeeds', () =>
  withFolder(async (folder) => {
    await using failing = await turning(() => () => {}, { jobFails: 'dissection' });
    await using hub = await turning(() => () => {});
    const line = (url: string) =>
      `baseline --kubeshark-url ${url} ${window} --route snapshot --delete-snapshot -o b.json`;
    const ended = await ran(folder, line(failing.url));
    expectPromised('the dissection of a snapshot fails', ended);
    expect(await snapshots(failing.hub)).toBe(0);
    expect((await ran(folder, line(hub.url))).code).toBe(0);
    expect(hub.hub.served.get('create_snapshot')).toBe(1);
    expect(await snapshots(hub.hub)).toBe(0);
  }));

it('snapshots stay where nobody asked for them to go, or the Hub cannot, which is told', () =>
  withFolder(async (folder) => {
    await using hub = await turning(() => () => {}, { without: ['delete_snapshot'] });
    const line = `baseline --kubeshark-url ${hub.url} ${window} --route snapshot -o b.json`;
    expect((await ran(folder, line)).code).toBe(0);
    expect(await snapshots(hub.hub)).toBe(1);
    const ended = await ran(folder, `${line} --delete-snapshot`);
    expectPromised('the Hub has no tool to delete a snapshot', ended);
    expect(await snapshots(hub.hub)).toBe(2);
    await writeFile(join(folder, 'b.json'), '');
  }));
