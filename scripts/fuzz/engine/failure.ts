/** What went wrong with an input: it threw, took too long, or took too much memory. */
export type FailureKind = 'failure' | 'hang' | 'memory';

/** What does not hold. The message is the same for every input, the detail is of this one. */
export class Broken extends Error {
  readonly detail: string;

  constructor(what: string, detail = '') {
    super(what);
    this.name = 'Broken';
    this.detail = detail;
  }
}

/** Throws Broken unless it holds. */
export function holds(
  condition: boolean,
  what: string,
  detail: () => string = () => '',
): asserts condition {
  if (!condition) throw new Broken(what, detail());
}

/** Failures with the same one are taken for one: kind of error, what it says, and where it was thrown. */
export function signatureOf(error: unknown): string {
  if (!(error instanceof Error)) return `thrown ${typeof error}`;
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  const names = frames.map((line) => /at (?:async )?([^ (]+) \(/.exec(line)?.[1] ?? '');
  // What is below is of who ran the target.
  const own = names.slice(0, Math.max(0, names.indexOf('attempt')));
  const where = own.slice(0, 3).join(' ');
  return `${error.name}: ${error.message.replace(/\d+/g, '#').slice(0, 24)} ${where}`;
}

export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A target that is bundled has a class Broken of its own.
  const { detail = '' } = error as Partial<Broken>;
  return `${error.stack ?? error.message}${detail && `\n${detail}`}`;
}
