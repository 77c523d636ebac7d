import { createHash } from 'node:crypto';
import type { RunContext } from './run-context.ts';

/** What the comment remembers of itself, unseen by people. */
export interface StickyState {
  /** It told of findings, or that they are gone. */
  readonly red: boolean;
  /** The commit that fixed what it told of before. */
  readonly fixed?: string;
}

/** Begins the comment of this workflow, job and key: none is the beginning of another. */
export function markerOf({ workflow, job }: RunContext, key: string): string {
  const id = createHash('sha256')
    .update(JSON.stringify([workflow, job, key]))
    .digest('hex');
  return `<!-- wireproof ${id.slice(0, 24)} `;
}

/** The comment's first line. */
export function markerLine(marker: string, { red, fixed }: StickyState): string {
  return `${marker}${red ? 'red' : 'green'}${fixed === undefined ? '' : ` fixed=${fixed}`} -->`;
}

/** What a comment with the marker remembers: people may edit it, so only what has the form counts. */
export function stateOf(body: string, marker: string): StickyState {
  const rest = body.slice(marker.length, marker.length + 100);
  const [, colour, fixed] = /^(red|green)(?: fixed=([0-9a-f]{40,64}))? -->/.exec(rest) ?? [];
  return { red: colour !== 'green', ...(fixed !== undefined && { fixed }) };
}
