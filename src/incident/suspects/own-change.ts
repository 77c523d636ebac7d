import type { Cell } from './cells.ts';

/** A mean of own time before and after, ms, over as many calls. */
export interface OwnChange {
  readonly before: number;
  readonly after: number;
  readonly calls: { readonly before: number; readonly after: number };
}

/** Cells together, each as often as the incident calls it; undefined where nothing can be compared. */
export function ownChange(cells: readonly Cell[]): OwnChange | undefined {
  let before = 0;
  let after = 0;
  let was = 0;
  let is = 0;
  for (const { good, bad } of cells) {
    if (good.size === 0 || bad.size === 0) continue;
    before += good.mean * bad.size;
    after += bad.mean * bad.size;
    was += good.size;
    is += bad.size;
  }
  if (is === 0) return undefined;
  return { before: before / is, after: after / is, calls: { before: was, after: is } };
}
