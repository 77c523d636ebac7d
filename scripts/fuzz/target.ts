/** Something that must hold for every input. Its file in `targets/` is its name. */
export interface Target {
  /** What must hold, in a sentence: the documentation lists it. */
  readonly holds: string;
  /** A folder whose packages must be installed (`npm ci`) for it to run. */
  readonly needs?: string;
  /** Inputs to begin with, each of another kind. */
  readonly seeds: () => readonly (string | Uint8Array)[];
  /** Words of the format that its sources don't spell out. */
  readonly words?: readonly string[];
  /** Throws where it doesn't hold. Known errors that are promised for the input are its own to catch. */
  readonly run: (input: Uint8Array) => void | Promise<void>;
}
