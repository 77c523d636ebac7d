import { SOURCE_KINDS } from '../calls/source-kinds.ts';
import type { CaptureStats } from '../profile/capture-stats.ts';

/** What both captures can show, by the kinds of their sources. */
export interface Shown {
  /** Only what the code of pages asked. */
  readonly isOfPages: boolean;
  /** A caller that has no name may be any of several. */
  readonly namesByAddress: boolean;
  /** Also who looks for messages where none comes. */
  readonly showsEmptyLooks: boolean;
}

export function shownBy(captures: readonly Pick<CaptureStats, 'sources'>[]): Shown {
  const kinds = captures.map(({ sources }) => [...sources].map((kind) => SOURCE_KINDS[kind]));
  return {
    isOfPages: kinds.every((all) => all.length > 0 && all.every(({ isOfPages }) => isOfPages)),
    namesByAddress: kinds.flat().some(({ namesByAddress }) => namesByAddress),
    showsEmptyLooks: !kinds.flat().some(({ hidesEmptyLooks }) => hidesEmptyLooks),
  };
}
