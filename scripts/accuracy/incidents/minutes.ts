import { readFileSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Capture } from '../../../src/calls/observation.ts';
import type { Reading } from '../../../src/incident/reading/reading.ts';
import { partOf } from '../../../src/incident/reading/reading.ts';
import { readTraffic } from '../../../src/incident/reading/traffic-reader.ts';
import { readNdjson } from '../../../src/sources/ndjson.ts';

/** A fault of the public sets, as they label it: names are those of minutes. */
export interface Fault {
  readonly id: string;
  readonly system: string;
  readonly inject_ts: number;
  readonly service: string;
  readonly type: string;
  readonly before: readonly string[];
  readonly during: readonly string[];
  readonly straddling: readonly string[];
}

export interface Labels {
  readonly faults: readonly Fault[];
  /** Minutes without a fault. */
  readonly normal: readonly { readonly system: string; readonly name: string }[];
}

/** The minutes of a folder of public incidents, each read once. */
export class Minutes {
  readonly labels: Labels;
  readonly #folder: string;
  readonly #read = new Map<string, Promise<Reading | undefined>>();

  constructor(folder: string) {
    this.#folder = folder;
    this.labels = JSON.parse(readFileSync(join(folder, 'labels.json'), 'utf8')) as Labels;
  }

  /** Some minutes as one reading; undefined where none of them is there. */
  of(system: string, names: readonly string[]): Promise<Reading | undefined> {
    const key = `${system} ${names.join(' ')}`;
    const known = this.#read.get(key) ?? this.#readAll(system, names);
    this.#read.set(key, known);
    return known;
  }

  /** Known-good minutes of a system: those before faults, and those without one. */
  good(system: string): string[] {
    const { faults, normal } = this.labels;
    const before = faults.filter((fault) => fault.system === system).flatMap((one) => one.before);
    const without = normal.filter((one) => one.system === system).map(({ name }) => name);
    return [...new Set([...before, ...without])].sort();
  }

  async #readAll(system: string, names: readonly string[]): Promise<Reading | undefined> {
    const paths: string[] = [];
    for (const name of [...names].sort()) {
      const path = join(this.#folder, system, `${name}.ndjson.gz`);
      if (
        await access(path).then(
          () => true,
          () => false,
        )
      )
        paths.push(path);
    }
    return paths.length === 0 ? undefined : readTraffic(oneAfterTheOther(paths));
  }
}

/** The part of the straddling minutes before the fault. */
export async function beforeFault(minutes: Minutes, fault: Fault): Promise<Reading | undefined> {
  const straddling = await minutes.of(fault.system, fault.straddling);
  return straddling && partOf(straddling, { from: straddling.start, to: fault.inject_ts });
}

function oneAfterTheOther(paths: readonly string[]): Capture {
  const captures = paths.map((path) => readNdjson(path));
  return {
    problems: [],
    batches: (async function* () {
      for (const { batches } of captures) yield* batches;
    })(),
  };
}
