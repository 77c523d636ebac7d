import { z } from 'zod';
import { type Json, sortedEntries } from '../../support/json.ts';
import type { Alert } from '../alert.ts';

/** One alert, and where it still has to go. */
export interface Mail {
  readonly alert: Alert;
  /** By sink: failed attempts so far, and when to try again (Unix ms). */
  readonly waiting: Map<string, { attempts: number; notBefore: number }>;
}

export interface SinkCount {
  delivered: number;
  refused: number;
  dropped: number;
}

/** Since when a sink takes nothing (Unix ms), and why: visible, cut, without address or credential. */
export interface Failing {
  readonly since: number;
  readonly reason: string;
}

const count = z.int().nonnegative();
/** Checked, not copied: a copy would have its members in another order. */
const alert = z.custom<Alert>(isAlert);
const outbox = z.strictObject({
  format: z.literal(1),
  mails: z.array(
    z.strictObject({
      alert,
      waiting: z
        .array(z.tuple([z.string(), z.strictObject({ attempts: count, notBefore: z.number() })]))
        .transform((entries) => new Map(entries)),
    }),
  ),
  counts: z
    .array(
      z.tuple([z.string(), z.strictObject({ delivered: count, refused: count, dropped: count })]),
    )
    .transform((entries) => new Map(entries)),
  failing: z
    .array(z.tuple([z.string(), z.strictObject({ since: z.number(), reason: z.string() })]))
    .transform((entries) => new Map(entries)),
});

/** What an outbox keeps. */
export interface KeptOutbox {
  readonly mails: Mail[];
  readonly counts: Map<string, SinkCount>;
  readonly failing: Map<string, Failing>;
}

export function outboxToJSON({ mails, counts, failing }: Readonly<KeptOutbox>): Json {
  return {
    format: 1,
    mails: mails.map(({ alert, waiting }) => ({
      alert: JSON.parse(JSON.stringify(alert)) as Json,
      waiting: sortedEntries(waiting).map(([name, state]) => [name, { ...state }]),
    })),
    counts: sortedEntries(counts).map(([name, own]) => [name, { ...own }]),
    failing: sortedEntries(failing).map(([name, own]) => [name, { ...own }]),
  };
}

/** Throws RangeError on anything that `outboxToJSON` can't have written. */
export function outboxFromJSON(json: Json | undefined): KeptOutbox {
  if (json === undefined) return { mails: [], counts: new Map(), failing: new Map() };
  const { success, data, error } = outbox.safeParse(json);
  if (!success) throw new RangeError('not an outbox', { cause: error });
  const { mails, counts, failing } = data;
  return { mails, counts, failing };
}

function isAlert(json: unknown): boolean {
  const { schemaVersion, id, state } = (json ?? {}) as Record<string, unknown>;
  return (
    schemaVersion === 1 && typeof id === 'string' && (state === 'firing' || state === 'resolved')
  );
}
