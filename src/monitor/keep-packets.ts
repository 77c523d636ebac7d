import { CaptureError } from '../support/errors.ts';
import type { Progress } from '../support/progress.ts';
import { iso } from '../support/quantity.ts';
import type { Alert } from './alert.ts';
import { type AlertSeverity, isFrom } from './alert-rule.ts';
import type { AlertBook } from './alerts/alert-book.ts';
import type { Slot } from './slot.ts';
import type { TrafficSource } from './traffic-source.ts';

/** Packets are kept from at most so long before the slot in which an alert fires, ms. */
const BEFORE_MS = 900_000;

/**
 * Keeps the packets of what began to fire with a slot, in one snapshot, where it is severe enough. Gives
 * the alerts with the snapshot's name; what keeps it away is told and changes nothing.
 */
export async function keepPackets(
  changed: readonly Alert[],
  slot: Slot,
  from: AlertSeverity | 'never',
  book: AlertBook,
  source: TrafficSource,
  progress: Progress,
): Promise<readonly Alert[]> {
  const wanted = changed.filter(
    ({ state, snapshot, severity }) =>
      state === 'firing' && snapshot === undefined && from !== 'never' && isFrom(severity, from),
  );
  if (wanted.length === 0) return changed;
  const first = Math.min(...wanted.map(({ since }) => Date.parse(since)));
  const window = { start: Math.max(first, slot.start - BEFORE_MS), end: slot.end };
  try {
    const snapshot = await source.keep(window);
    for (const { id } of wanted) book.attach(id, snapshot);
    return changed.map((alert) => (wanted.includes(alert) ? { ...alert, snapshot } : alert));
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    progress.warn(
      `no packets are kept of ${iso(window.start)} to ${iso(window.end)}: ${error.message}`,
    );
    return changed;
  }
}
