import type { Secret } from './secret-kinds.ts';

/** Characters of a secret that must not stand together in what is shown. */
const WINDOW = 10;

/**
 * Which secrets can be seen in a text: ten characters of one in a row, whatever their case, also
 * percent-encoded, in references or with the blanks of a card number.
 */
export class LeakFinder {
  readonly #windows = new Map<string, Secret>();

  constructor(secrets: readonly Secret[]) {
    for (const secret of secrets) {
      const core = plain(secret.core);
      for (let at = 0; at + WINDOW <= core.length; at++) {
        this.#windows.set(core.slice(at, at + WINDOW), secret);
      }
    }
  }

  /** One line for each kind that leaked, with where it stood. */
  find(text: string): string[] {
    const shown = plain(text);
    const found = new Map<string, string>();
    for (let at = 0; at + WINDOW <= shown.length; at++) {
      const secret = this.#windows.get(shown.slice(at, at + WINDOW));
      if (!secret || found.has(secret.kind)) continue;
      found.set(secret.kind, `${secret.kind}: …${shown.slice(Math.max(0, at - 60), at + 30)}…`);
    }
    return [...found.values()];
  }
}

/** Without what an encoding or a form of writing adds. */
function plain(text: string): string {
  return text
    .replace(/%[0-9a-f]{2}|&#\d+;|#\d+;|\\u[0-9a-f]{4}|\\[nrt]/gi, '')
    .replace(/[^A-Za-z0-9"]/g, '')
    .toLowerCase();
}
