import type { Run } from './provenance.ts';

/** No store gives out or takes more bytes, compressed as they are stored. */
export const MAX_STORED_BYTES = 512 * 1024 * 1024;

/**
 * A place that holds one stored baseline: opaque bytes, made and read by `stored-form.ts`, which also
 * compresses them and puts the provenance into them. A store is opened by `open-store.ts`.
 */
export interface Store {
  /** How people name the place: stands in errors and reports. */
  readonly name: string;
  /**
   * What is stored; undefined where the place holds nothing yet, which is no error. Throws CaptureError
   * that names the place and the remedy, as for a missing permission, and for more than
   * MAX_STORED_BYTES, which it doesn't read to the end.
   */
  read(): Promise<Stored | undefined>;
  /**
   * Replaces what is stored, whole or not at all. With `replacing`, only while the place still holds
   * that revision (null: nothing). Throws StoreConflict where it doesn't, else CaptureError that names
   * the place and the remedy. A store whose `read` gives no revision ignores `replacing`.
   */
  write(bytes: Uint8Array, replacing?: string | null): Promise<void>;
}

export interface Stored {
  readonly bytes: Uint8Array;
  /** Names this content in `write`; absent where the store can't compare. */
  readonly revision?: string;
  /**
   * What the store itself vouches for of the run that wrote it, as an artifact's run does. Where the
   * provenance in the bytes says otherwise of the newest window, the baseline is refused.
   */
  readonly attested?: Partial<Run>;
}

/** Somebody else wrote to the place meanwhile. */
export class StoreConflict extends Error {
  constructor(name: string) {
    super(`${name} was written by somebody else meanwhile`);
    this.name = new.target.name;
  }
}
