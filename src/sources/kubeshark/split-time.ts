import type { Window } from './options.ts';

/** Cuts a window into at most `parts` that meet without overlap; ends are inclusive. */
export function splitTime({ start, end }: Window, parts: number): Window[] {
  const width = end - start + 1;
  const count = Math.min(parts, width);
  const cuts: Window[] = [];
  for (let i = 0; i < count; i++) {
    cuts.push({
      start: start + Math.floor((width * i) / count),
      end: start + Math.floor((width * (i + 1)) / count) - 1,
    });
  }
  return cuts;
}
