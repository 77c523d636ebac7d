import { parseJson } from '../profile/codec.ts';
import { asItIs, upgraded, type Versions } from '../profile/format-version.ts';
import type { Profile } from '../profile/profile.ts';
import { byTime, encodeWindows, windowsOf } from '../profile/windows-codec.ts';
import {
  type Provenance,
  provenanceJson,
  provenanceOf,
  type Run,
  type Scope,
} from './provenance.ts';

const VERSION = 1;
const VERSIONS: Versions = new Map([[VERSION, asItIs]]);
const KEYS = ['wireproof', 'storedVersion', 'provenance', 'profile'];

/** A window with the run that captured it; none for a profile that was stored without. */
export interface StoredWindow {
  readonly profile: Profile;
  readonly run: Run;
}

export interface StoredBaseline {
  /** In order of time. */
  readonly windows: readonly Profile[];
  /** Absent in a profile that no baseline was made of. */
  readonly provenance?: Provenance;
}

/**
 * The stored form, one JSON document: `{"wireproof":"profile","storedVersion":1,"provenance":…,
 * "profile":…}`, where `profile` is what `encodeWindows` writes. Begins as every profile does.
 */
export function encodeBaseline(windows: readonly StoredWindow[], scope: Scope): string {
  const sorted = windows.toSorted((a, b) => byTime(a.profile, b.profile));
  const provenance = provenanceJson({
    scope,
    windows: sorted.map(({ profile: { capture }, run }) => {
      const { start, end, calls } = capture;
      return { ...run, start, end, calls };
    }),
  });
  const head = JSON.stringify({ wireproof: 'profile', storedVersion: VERSION, provenance });
  const profile = encodeWindows(sorted.map((window) => window.profile)).trimEnd();
  return `${head.slice(0, -1)},"profile":${profile}}\n`;
}

/**
 * Reads the stored form, or a profile without provenance. The text may come from a stranger. Throws
 * RangeError with the reason.
 */
export function decodeBaseline(text: string): StoredBaseline {
  const json = upgraded(parseJson(text), 'storedVersion', VERSIONS) as Record<
    string,
    unknown
  > | null;
  if (typeof json === 'object' && json !== null && Object.hasOwn(json, 'shardVersion')) {
    throw new RangeError('it is a shard, a part of the whole: merge the shards first');
  }
  if (typeof json !== 'object' || json === null || !Object.hasOwn(json, 'storedVersion')) {
    return { windows: windowsOf(json) };
  }
  const unknown = Object.keys(json).find((key) => !KEYS.includes(key));
  if (json.wireproof !== 'profile' || json.storedVersion !== VERSION || unknown !== undefined) {
    throw new RangeError(
      unknown === undefined ? 'storedVersion: unknown' : `unknown key ${unknown}`,
    );
  }
  const provenance = provenanceOf(json.provenance);
  const windows = windowsOf(json.profile);
  const agree = provenance.windows.every(({ start, end, calls }, i) => {
    const capture = windows[i]?.capture;
    return capture?.start === start && capture.end === end && capture.calls === calls;
  });
  if (!agree || windows.length !== provenance.windows.length) {
    throw new RangeError('its provenance tells of other windows than it holds');
  }
  return { windows, provenance };
}
