import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { asCaptured } from './capture-faults.ts';
import type { CaptureFaults } from './hub-options.ts';
import { seeded } from './random.ts';
import { type HubRecord, parseHubRecord } from './record.ts';

interface Traits {
  readonly duplicates: number;
  readonly late: number;
  readonly seed: number;
  readonly capture: CaptureFaults;
}

/** Calls in time order, as the nodes saw them; a plain file may grow while it is served. */
export class Recording {
  #records: HubRecord[] = [];
  readonly #late = new Set<HubRecord>();
  readonly #random: () => number;
  readonly #traits: Traits;
  readonly #file: string | undefined;
  #offset = 0;

  constructor(source: string | readonly HubRecord[], traits: Traits) {
    this.#traits = traits;
    this.#random = seeded(traits.seed);
    if (typeof source !== 'string') this.add(source);
    else if (source.endsWith('.gz')) this.#addText(gunzipSync(readFileSync(source)).toString());
    this.#file = typeof source === 'string' && !source.endsWith('.gz') ? source : undefined;
  }

  add(records: readonly HubRecord[]): void {
    for (const record of records) {
      const seen = [record];
      if (this.#random() < this.#traits.duplicates) seen.push(twin(record));
      for (const sighting of seen) {
        const one = asCaptured(sighting, this.#traits.capture);
        if (one === undefined) continue;
        this.#records.push(one);
        if (this.#random() < this.#traits.late) this.#late.add(one);
      }
    }
    this.#records.sort((a, b) => a.ts - b.ts);
  }

  /** All calls that have arrived; the late ones only with `all`. */
  records(all: boolean): readonly HubRecord[] {
    this.#follow();
    return all || this.#late.size === 0
      ? this.#records
      : this.#records.filter((record) => !this.#late.has(record));
  }

  #follow(): void {
    if (this.#file === undefined) return;
    const size = statSync(this.#file).size;
    if (size <= this.#offset) return;
    const bytes = Buffer.alloc(size - this.#offset);
    const file = openSync(this.#file, 'r');
    try {
      readSync(file, bytes, 0, bytes.length, this.#offset);
    } finally {
      closeSync(file);
    }
    const end = isWhole(bytes) ? bytes.length : bytes.lastIndexOf(10) + 1;
    this.#offset += end;
    this.#addText(bytes.subarray(0, end).toString());
  }

  #addText(text: string): void {
    const lines = text.split('\n');
    this.add(lines.filter((line) => line.trim() !== '').map(parseHubRecord));
  }
}

/** Whether the last line can be read, though nothing ends it. */
function isWhole(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.subarray(bytes.lastIndexOf(10) + 1).toString());
    return true;
  } catch {
    return false;
  }
}

/** The same call as the other end's node saw it: another id, another node, nearly the same time. */
function twin(record: HubRecord): HubRecord {
  const node = `${record.node_id}-peer`;
  return { ...record, id: `${node}/${record.id}`, node_id: node, worker: `worker-${node}` };
}
