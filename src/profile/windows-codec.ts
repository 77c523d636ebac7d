import { z } from 'zod';
import { byCodeUnit } from '../support/json.ts';
import { encodeProfile, profileOf } from './codec.ts';
import { asItIs, NewerFormatError, upgraded, type Versions } from './format-version.ts';
import type { Profile } from './profile.ts';

/** More windows than this teach nothing about noise. */
export const MAX_WINDOWS = 50;

const VERSION = 1;
const VERSIONS: Versions = new Map([[VERSION, asItIs]]);

const file = z.strictObject({
  wireproof: z.literal('profile'),
  windowsVersion: z.literal(VERSION),
  windows: z.array(z.unknown()).min(1).max(MAX_WINDOWS),
});

/**
 * A baseline's windows as canonical JSON, in order of time: one window is a plain profile, several
 * are `{"wireproof":"profile","windowsVersion":1,"windows":[PROFILE, …]}`.
 */
export function encodeWindows(windows: readonly Profile[]): string {
  const texts = windows.toSorted(byTime).map((window) => encodeProfile(window).trimEnd());
  if (texts.length === 1) return `${texts[0]}\n`;
  return `{"wireproof":"profile","windowsVersion":${VERSION},"windows":[${texts.join(',')}]}\n`;
}

/** The order in which windows are stored. */
export function byTime(a: Profile, b: Profile): number {
  const gap = (a.capture.start ?? 0) - (b.capture.start ?? 0);
  return gap || byCodeUnit(encodeProfile(a), encodeProfile(b));
}

/**
 * Reads what `encodeWindows` or `encodeProfile` wrote, as parsed JSON. It may come from a stranger. Throws
 * RangeError with the reason.
 */
export function windowsOf(json: unknown): Profile[] {
  if (typeof json !== 'object' || json === null || !Object.hasOwn(json, 'windows')) {
    return [profileOf(json)];
  }
  const parsed = file.safeParse(upgraded(json, 'windowsVersion', VERSIONS));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new RangeError(`${issue?.path.join('.') || 'top level'}: ${issue?.message}`);
  }
  return parsed.data.windows.map((window, i) => {
    try {
      return profileOf(window);
    } catch (cause) {
      if (cause instanceof NewerFormatError) throw cause;
      throw new RangeError(`windows.${i}: ${(cause as Error).message}`, { cause });
    }
  });
}
