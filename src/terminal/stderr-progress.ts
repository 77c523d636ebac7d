import type { Progress } from '../support/progress.ts';

/** Where progress goes: a stream that may be a terminal. */
export interface Terminal {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const BAR_WIDTH = 24;
/** Between two redraws of the bar, ms. */
const REDRAW_MS = 100;
/** Between two lines of one step where there is no terminal, ms. */
const LINE_MS = 10_000;

/** Progress on stderr: a bar on a terminal, else a line now and then. */
export class StderrProgress implements Progress {
  readonly #terminal: Terminal;
  readonly #harmless: (text: string) => string;
  #label = '';
  #drawnAt = Number.NEGATIVE_INFINITY;
  #drawn = false;

  constructor(terminal: Terminal, harmless: (text: string) => string) {
    this.#terminal = terminal;
    this.#harmless = harmless;
  }

  step(label: string, done: number, total?: number): void {
    const now = performance.now();
    const isNew = label !== this.#label;
    const wait = this.#terminal.isTTY ? REDRAW_MS : LINE_MS;
    if (!isNew && done !== total && now - this.#drawnAt < wait) return;
    this.#label = label;
    this.#drawnAt = now;
    const { isTTY = false, columns = 0 } = this.#terminal;
    const line = this.#harmless(describe(label, done, total, isTTY));
    if (isTTY) {
      this.#terminal.write(`\r\u001b[2K${line.slice(0, (columns || 80) - 1)}`);
      this.#drawn = true;
    } else {
      this.#terminal.write(`${line}\n`);
    }
  }

  note(line: string): void {
    this.clear();
    this.#terminal.write(`${this.#harmless(line)}\n`);
  }

  warn(line: string): void {
    this.note(`warning: ${line}`);
  }

  /** Takes the bar away. */
  clear(): void {
    if (this.#drawn) this.#terminal.write('\r\u001b[2K');
    this.#drawn = false;
    this.#label = '';
  }
}

function describe(
  label: string,
  done: number,
  total: number | undefined,
  withBar: boolean,
): string {
  if (total === undefined || total <= 0) return `${label} ${done}`;
  if (!withBar) return `${label} ${done}/${total}`;
  const share = Math.min(1, done / total);
  const filled = Math.round(share * BAR_WIDTH);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
  return `${label} ${bar} ${done}/${total}`;
}
