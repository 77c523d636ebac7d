import { z } from 'zod';
import { byCodeUnit } from '../support/json.ts';
import { encodeProfile, parseJson, profileOf } from './codec.ts';
import type { Profile } from './profile.ts';

/** More windows than this teach nothing about noise. */
export const MAX_WINDOWS = 50;

const VERSION = 1;

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
  const texts = windows
    .map((window) => ({ start: window.capture.start ?? 0, text: encodeProfile(window) }))
    .sort((a, b) => a.start - b.start || byCodeUnit(a.text, b.text))
    .map(({ text }) => text.trimEnd());
  if (texts.length === 1) return `${texts[0]}\n`;
  return `{"wireproof":"profile","windowsVersion":${VERSION},"windows":[${texts.join(',')}]}\n`;
}

/**
 * Reads what `encodeWindows` or `encodeProfile` wrote. The text may come from a stranger. Throws
 * RangeError with the reason.
 */
export function decodeWindows(text: string): Profile[] {
  const json = parseJson(text);
  if (typeof json !== 'object' || json === null || !Object.hasOwn(json, 'windows')) {
    return [profileOf(json)];
  }
  const parsed = file.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new RangeError(`${issue?.path.join('.') || 'top level'}: ${issue?.message}`);
  }
  return parsed.data.windows.map((window, i) => {
    try {
      return profileOf(window);
    } catch (cause) {
      throw new RangeError(`windows.${i}: ${(cause as Error).message}`, { cause });
    }
  });
}
