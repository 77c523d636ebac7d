import type { Block } from './block.ts';
import type { Candidates } from './candidates.ts';
import type { Model } from './model.ts';

export const NO_PARENT = -1;
const NO_KIDS: readonly number[] = [];

/** Which handled call caused which calls, under inference: one state of the sampler. */
export class Assignment {
  readonly parent: Int32Array;
  readonly #block: Block;
  readonly #candidates: Candidates;
  readonly #kids: (readonly number[] | undefined)[];
  readonly #log: Float64Array;
  readonly #versions: Int32Array;
  #changes = 0;

  constructor(block: Block, candidates: Candidates) {
    this.#block = block;
    this.#candidates = candidates;
    this.parent = new Int32Array(block.size).fill(NO_PARENT);
    this.#kids = new Array(block.size);
    this.#log = new Float64Array(block.size);
    this.#versions = new Int32Array(block.size);
  }

  kids(parent: number): readonly number[] {
    return this.#kids[parent] ?? NO_KIDS;
  }

  /** Log likelihood of the parent's present children. */
  log(parent: number): number {
    return this.#log[parent] as number;
  }

  /** Another for other children, or once the model has learned: what was worked out of both holds while it stays. */
  version(parent: number): number {
    return this.#versions[parent] as number;
  }

  /** Refreshes what is remembered of the model, once it has learned. */
  rescore(model: Model, parents: Iterable<number>): void {
    for (const p of parents) this.set(p, this.kids(p), model.caused(p, this.kids(p)));
  }

  isCandidate(parent: number, child: number): boolean {
    const { offset, parents } = this.#candidates;
    for (let i = offset[child] as number; i < (offset[child + 1] as number); i++) {
      if (parents[i] === parent) return true;
    }
    return false;
  }

  without(parent: number, child: number): number[] {
    const rest: number[] = [];
    for (const kid of this.kids(parent)) if (kid !== child) rest.push(kid);
    return rest;
  }

  /** `kids` and `child`, in order of start. */
  with(kids: readonly number[], child: number): number[] {
    const { start } = this.#block;
    const at = start[child] as number;
    const more: number[] = [];
    let placed = false;
    for (const kid of kids) {
      const later = (start[kid] as number) - at;
      if (!placed && (later > 0 || (later === 0 && kid > child))) {
        more.push(child);
        placed = true;
      }
      more.push(kid);
    }
    if (!placed) more.push(child);
    return more;
  }

  /** `version`: that of these very children, where they are put back. */
  set(parent: number, kids: readonly number[], log: number, version = ++this.#changes): void {
    this.#kids[parent] = kids;
    this.#log[parent] = log;
    this.#versions[parent] = version;
  }
}
