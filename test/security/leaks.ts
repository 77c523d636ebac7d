import type { Secret } from './secret-kinds.ts';

/** Characters of a secret that must not stand together in what is shown. */
const WINDOW = 10;

/**
 * Which secrets can be seen in a text: ten characters of one in a row, whatever their case, also
 * percent-encoded, in references or with the blanks of a card number.
 */
export class LeakFinder {
  readonly #windows = new Map<string, Secret>();
  /** Which four characters, spread over a window, some window has: most text is passed over by these. */
  readonly #marks = new Uint8Array(1 << 24);

  constructor(secrets: readonly Secret[]) {
    for (const secret of secrets) {
      const core = plain(secret.core);
      for (let at = 0; at + WINDOW <= core.length; at++) {
        this.#windows.set(core.slice(at, at + WINDOW), secret);
        this.#marks[markAt(core, at)] = 1;
      }
    }
  }

  /** One line for each kind that leaked, with where it stood. */
  find(text: string): string[] {
    const shown = plain(text);
    const found = new Map<string, string>();
    for (let at = 0; at + WINDOW <= shown.length; at++) {
      if (this.#marks[markAt(shown, at)] === 0) continue;
      const secret = this.#windows.get(shown.slice(at, at + WINDOW));
      if (!secret || found.has(secret.kind)) continue;
      found.set(secret.kind, `${secret.kind}: …${shown.slice(Math.max(0, at - 60), at + 30)}…`);
    }
    return [...found.values()];
  }
}

function markAt(text: string, at: number): number {
  let mark = 0;
  for (let i = at; i < at + WINDOW; i += 3) mark = (mark << 6) | (text.charCodeAt(i) & 63);
  return mark;
}

/** Without what an encoding or a form of writing adds. */
function plain(text: string): string {
  return text
    .replace(/%[0-9a-f]{2}|&#\d+;|#\d+;|\\u[0-9a-f]{4}|\\[nrt]/gi, '')
    .replace(/[^A-Za-z0-9"]/g, '')
    .toLowerCase();
}
