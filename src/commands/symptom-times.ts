/** When it was, by the words of a symptom; Unix ms. */
export interface SymptomTimes {
  /** From when on it is seen. */
  readonly since?: number;
  /** Until when, where the words say. */
  readonly until?: number;
  /** The words that say so. */
  readonly words: readonly string[];
}

const DAY_MS = 86_400_000;
/** Around a single moment ('at 3 am') so much is looked at. */
const BEFORE_MS = 15 * 60_000;
const AFTER_MS = 45 * 60_000;

/**
 * Reads times out of words: 'since 14:30', 'the last 30 minutes', 'at 3 am', 'between 2 and 3 pm'.
 * Times without a zone are `timeZone`'s, and none lies after `now` (Unix ms): what does was yesterday.
 */
export async function symptomTimes(
  text: string,
  now: number,
  timeZone: string,
): Promise<SymptomTimes> {
  const { casual } = await import('chrono-node/en');
  const reference = { instant: new Date(now), timezone: offsetOf(timeZone, now) };
  const found = casual.parse(text, reference).flatMap((result) => {
    if (/^now$/i.test(result.text)) return [];
    const lasting = /^for\b/i.test(result.text);
    const at = result.start.date().getTime();
    return [
      {
        words: result.text,
        // 'For 5 minutes' is meant backwards here.
        at: lasting ? now - (at - now) : notAfter(at, now),
        until: result.end && notAfter(result.end.date().getTime(), now),
        moment: /\bat\s*$/i.test(text.slice(0, result.index)) || /^at\b/i.test(result.text),
      },
    ];
  });
  const [first, second] = found;
  if (!first) return { words: [] };
  const words = found.map((each) => each.words);
  const until = first.until ?? second?.at;
  if (until !== undefined) return { since: before(first.at, until), until, words };
  if (!first.moment) return { since: first.at, words };
  return { since: first.at - BEFORE_MS, until: Math.min(now, first.at + AFTER_MS), words };
}

function notAfter(at: number, now: number): number {
  return at <= now ? at : at - Math.ceil((at - now) / DAY_MS) * DAY_MS;
}

function before(at: number, until: number): number {
  return at < until ? at : at - (Math.floor((at - until) / DAY_MS) + 1) * DAY_MS;
}

/** Minutes that the zone is ahead of UTC at that moment. */
function offsetOf(timeZone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName');
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(parts?.value ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}
