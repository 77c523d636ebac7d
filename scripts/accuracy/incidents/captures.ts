import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../../../demo/cluster/store.ts';
import type { Incident } from '../../../demo/incidents/incident.ts';
import { runIncident } from '../../../demo/incidents/run.ts';
import { type Truth, truthOf } from './truth.ts';
import { healthCheckP95 } from './weather.ts';

/** Requests a second: few enough that a small machine is idle most of the time. */
const rate = 20;
/** Where even a health check takes so long, ms, the machine is an incident of its own: the run is made again. */
const tolerable = 30;
const attempts = 3;

/** Captures in a folder, `NAME.ndjson` each, and what is true of them in `labels.json`. */
export class Captures {
  readonly #folder: string;
  #truths: readonly Truth[] = [];

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(folder: string): Promise<Captures> {
    await mkdir(folder, { recursive: true });
    const captures = new Captures(folder);
    const text = await readFile(captures.#labels, 'utf8').catch(() => '[]');
    captures.#truths = JSON.parse(text);
    return captures;
  }

  get #labels(): string {
    return join(this.#folder, 'labels.json');
  }

  file(name: string): string {
    return join(this.#folder, `${name}.ndjson`);
  }

  /** What is true of a capture that is there already. */
  truth(name: string): Truth | undefined {
    return this.#truths.find((each) => each.name === name);
  }

  /** The capture of an incident, made where it is not there yet. */
  async of(incident: Incident, seed: number, store: () => Promise<Database>): Promise<Truth> {
    const known = this.truth(incident.name);
    if (known) return known;
    let truth = await this.#make(incident, seed, await store());
    for (
      let attempt = 1;
      attempt < attempts && truth.lag > tolerable && !incident.surge;
      attempt++
    ) {
      process.stderr.write(`a health check took ${truth.lag} ms: ${incident.name} again\n`);
      truth = await this.#make(incident, seed, await store());
    }
    this.#truths = [...this.#truths, truth];
    await writeFile(this.#labels, `${JSON.stringify(this.#truths, null, 2)}\n`);
    return truth;
  }

  async #make(incident: Incident, seed: number, store: Database): Promise<Truth> {
    process.stderr.write(`capturing ${incident.name}\n`);
    const out = join(this.#folder, 'under-way');
    const run = await runIncident(incident, { seed, out, rate, store });
    await rename(run.calls, this.file(incident.name));
    await rename(run.truth, join(this.#folder, `${incident.name}.truth.ndjson`));
    await rm(out, { recursive: true, force: true });
    const lag = await healthCheckP95(this.file(incident.name));
    return truthOf(incident, run.onsets, Math.round(lag));
  }
}
