/** Where long work says how far it is. Faces give one that draws on stderr; tests give a silent one. */
export interface Progress {
  /** Start or advance a named step; `total` may be unknown. */
  step(label: string, done: number, total?: number): void;
  /** A line worth keeping in the log. */
  note(line: string): void;
  warn(line: string): void;
}

export const silent: Progress = { step() {}, note() {}, warn() {} };
