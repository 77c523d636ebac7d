import { fitsGlob } from '../../support/glob.ts';
import type { MonitorSettings, Silence } from '../settings.ts';
import { DAY_MS } from '../slot.ts';

const MINUTE_MS = 60_000;

/** Why an alert is kept to itself at a moment (Unix ms); undefined where it is sent. The first that fits counts. */
export function silenceOf(
  { silences }: MonitorSettings,
  about: { readonly rule: string; readonly workload: string },
  at: number,
): string | undefined {
  return silences.find(
    (silence) =>
      fits(silence.rule, about.rule) &&
      fits(silence.workload, about.workload) &&
      at >= (silence.from ?? -Infinity) &&
      at < (silence.to ?? Infinity) &&
      inDaily(silence, at),
  )?.reason;
}

export function isOff({ off }: MonitorSettings, rule: string): boolean {
  return off.some((pattern) => fitsGlob(pattern, rule));
}

function fits(pattern: string | undefined, text: string): boolean {
  return pattern === undefined || fitsGlob(pattern, text);
}

/** From its first minute to before its last, over midnight where that is earlier; all day where they are one. */
function inDaily({ daily }: Silence, at: number): boolean {
  if (!daily || daily.from === daily.to) return true;
  const minute = Math.floor((((at % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS);
  return daily.from < daily.to
    ? minute >= daily.from && minute < daily.to
    : minute >= daily.from || minute < daily.to;
}
