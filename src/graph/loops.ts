import type { Link } from './link.ts';

/**
 * Clocks that differ can make two calls each other's cause. Cuts every loop at its least sure link.
 * `links[i].child` is i.
 */
export function withoutLoops(links: readonly Link[]): Link[] {
  const result = links.slice();
  const state = new Uint8Array(links.length);
  for (let at = 0; at < links.length; at++) {
    const path: number[] = [];
    let i: number | null = at;
    while (i !== null && state[i] === 0) {
      state[i] = 1;
      path.push(i);
      i = result[i]?.parent ?? null;
    }
    if (i !== null && state[i] === 1) cut(result, path.slice(path.indexOf(i)));
    for (const p of path) state[p] = 2;
  }
  return result;
}

function cut(links: Link[], loop: readonly number[]): void {
  let weakest = loop[0] as number;
  for (const i of loop) {
    if ((links[i] as Link).confidence < (links[weakest] as Link).confidence) weakest = i;
  }
  const { child, confidence } = links[weakest] as Link;
  links[weakest] = { child, parent: null, confidence: 1 - confidence };
}
