import type { Visible } from '../compare/visible.ts';

const NONE = 'none';

/** The smallest slowdown, new error and loss that would have been found, a cell each. */
export function visibleCells({
  slowdown,
  newError,
  vanished,
}: Visible): readonly [slowdown: string, newError: string, vanished: string] {
  return [
    slowdown === null ? NONE : `${slowdown}×`,
    newError === null ? NONE : percentUp(newError),
    vanished === null ? NONE : percentUp(vanished),
  ];
}

/** "1.4× slower, new errors in 3 %, a field lost in 8 %", and what can't be promised: "no loss for certain". */
export function visibleWords(visible: Visible): string {
  const [slowdown, newError, vanished] = visibleCells(visible);
  const parts = [
    slowdown === NONE ? undefined : `${slowdown} slower`,
    newError === NONE ? undefined : `new errors in ${newError}`,
    vanished === NONE ? undefined : `a field lost in ${vanished}`,
  ];
  const unsure = ['slowdown', 'new error', 'loss'].filter((_, i) => parts[i] === undefined);
  return [
    ...parts.filter((part) => part !== undefined),
    ...(unsure.length > 0 ? [`no ${unsure.join(' or ')} for certain`] : []),
  ].join(', ');
}

/** Rounds up, since less would not have been found; small ones keep a digit. */
function percentUp(share: number): string {
  const digits = share < 0.1 ? 1 : 0;
  const whole = Math.ceil(Number((share * 100 * 10 ** digits).toPrecision(9)));
  return `${whole / 10 ** digits} %`;
}
