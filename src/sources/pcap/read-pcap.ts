import type { Readable } from 'node:stream';
import type { Batch, Capture, CaptureProblem, Observation, Talk } from '../../calls/observation.ts';
import { inputName } from '../ndjson-bytes.ts';
import { sorted } from '../sort.ts';
import { Connections } from './connections.ts';
import type { PcapCounts } from './counts.ts';
import { recordOf } from './exchange-record.ts';
import { type Names, namesOf } from './names/names.ts';
import type { Packet } from './packet.ts';
import { packetsOf, type TsharkEnd } from './tshark.ts';

/**
 * A capture of packets, in any format that tshark reads: the calls that its connections carried, in
 * order of time. `names`: files that say who has which address; of stdin and pipes `stream` has all. Iterating throws CaptureError for what
 * can't be read at all.
 */
export function readPcap(path: string, names: readonly string[] = [], stream?: Readable): Capture {
  const problems: CaptureProblem[] = [];
  const talks: Talk[] = [];
  return { batches: observe(path, names, problems, talks, stream), problems, talks };
}

async function* observe(
  path: string,
  files: readonly string[],
  problems: CaptureProblem[],
  talks: Talk[],
  stream: Readable | undefined,
): AsyncGenerator<Batch> {
  const names = await namesOf(files);
  const reading = new Reading(names);
  const end: TsharkEnd = { defect: undefined };
  let calls = 0;
  for await (const batch of sorted(reading.records(packetsOf(path, end, stream)))) {
    calls += batch.length;
    yield batch;
  }
  const { counts } = reading;
  yield [...badRecords(counts)];
  talks.push(...reading.talks);
  problems.push(...problemsOf(inputName(path), end, counts, calls));
}

/** Turns batches of packets into records of what they carried. */
class Reading {
  readonly #connections: Connections;
  readonly #names: Names;
  #records: string[] = [];
  #number = 0;

  constructor(names: Names) {
    this.#names = names;
    this.#connections = new Connections((exchanged) => {
      this.#records.push(recordOf(exchanged, this.#number++, this.#names));
    });
  }

  get counts(): PcapCounts {
    return this.#connections.counts;
  }

  get talks(): readonly Talk[] {
    return this.#connections.opaque.talks(this.#names);
  }

  async *records(batches: AsyncIterable<readonly Packet[]>): AsyncGenerator<readonly string[]> {
    for await (const packets of batches) {
      for (const packet of packets) this.#connections.add(packet);
      yield this.#taken();
    }
    this.#connections.end();
    yield this.#taken();
  }

  #taken(): readonly string[] {
    const records = this.#records;
    this.#records = [];
    return records;
  }
}

/** What was met that should have been a call, or part of one. */
function* badRecords({ orphans, unnamed, unreadable }: PcapCounts): Generator<Observation> {
  const found = [
    [orphans, 'an answer whose request was not captured'],
    [unnamed, 'a call whose name was sent before the capture began'],
    [unreadable, 'bytes that do not follow their protocol'],
  ] as const;
  for (const [count, reason] of found) {
    for (let i = 0; i < count; i++) yield { kind: 'bad', reason };
  }
}

function problemsOf(
  path: string,
  { defect }: TsharkEnd,
  { gaps, encrypted, unknown }: PcapCounts,
  calls: number,
): CaptureProblem[] {
  const problems: CaptureProblem[] = [];
  if (defect !== undefined) {
    problems.push({
      code: 'incomplete',
      message: `${path} is not whole: tshark says: ${defect}; what could be read was read`,
    });
  }
  if (gaps > 0) {
    problems.push({
      code: 'incomplete',
      message:
        `packets are missing in ${path}: connections have ${gaps} ${gaps === 1 ? 'gap' : 'gaps'}; ` +
        'capture whole packets (tcpdump -s 0) with a larger buffer (-B 65536)',
    });
  }
  if (calls === 0 && encrypted + unknown > 0) {
    problems.push({
      code: 'undissected-flows',
      message:
        `${path} holds no call: ${encrypted} encrypted connections and ${unknown} of no known protocol; ` +
        'capture where the traffic is in clear, behind what ends TLS',
    });
  }
  return problems;
}
