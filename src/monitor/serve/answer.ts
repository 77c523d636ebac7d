/** What a route of the monitor's server gives. */
export interface Answer {
  /** Media type, with its charset. */
  readonly type: string;
  readonly body: string;
  /** 200 where it isn't told. */
  readonly status?: number;
  /** Content-Security-Policy, where the usual one, which lets nothing run, is too strict. */
  readonly policy?: string;
}

/** By path, as `/metrics`. */
export type Routes = ReadonlyMap<string, () => Answer | Promise<Answer>>;

export function plainAnswer(status: number, line: string): Answer {
  return { type: 'text/plain; charset=utf-8', body: `${line}\n`, status };
}
