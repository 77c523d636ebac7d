import { iso } from '../../support/quantity.ts';

/** Points in time (Unix ms) as people read them: in UTC, and in a zone beside it. */
export interface Times {
  /** Name of the zone; undefined where it is UTC. */
  readonly zone: string | undefined;
  /** `2026-11-23 14:28:03 UTC`. */
  readonly utc: (at: number) => string;
  /** `15:28:03`, with its day where that is another one than in UTC; undefined in UTC. */
  readonly local: (at: number) => string | undefined;
  /** `2026-11-23 14:28:03 UTC (15:28:03 Europe/Berlin)`. */
  readonly both: (at: number) => string;
  /** `14:28:03`, in UTC. */
  readonly clock: (at: number) => string;
}

/** The names of UTC: nothing stands beside it. */
const UTC = /^(?:Etc\/)?(?:UTC|UCT|GMT(?:[+-]?0)?|Universal|Zulu|Greenwich)$/i;
const LAST = 8.64e15;

/** Times beside those of a zone; of UTC alone where it is UTC, none, or not known here. */
export function timesIn(zone?: string): Times {
  const format = zone === undefined || UTC.test(zone) ? undefined : formatOf(zone);
  const utc = (at: number) => (dated(at) ? `${day(at)} ${clock(at)} UTC` : iso(at));
  const local = (at: number) => {
    if (!format || !dated(at)) return undefined;
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const [year = '', month, date] = ['year', 'month', 'day'].map((part) =>
      parts.get(part as 'day'),
    );
    const time = ['hour', 'minute', 'second'].map((part) => parts.get(part as 'hour')).join(':');
    const own = `${year.padStart(4, '0')}-${month}-${date}`;
    return own === day(at) ? time : `${own} ${time}`;
  };
  return {
    zone: format && zone,
    utc,
    local,
    both: (at) => {
      const beside = local(at);
      return beside === undefined ? utc(at) : `${utc(at)} (${beside} ${zone})`;
    },
    clock: (at) => (dated(at) ? clock(at) : iso(at)),
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  } catch {
    // A browser may know fewer zones than what made the page.
    return undefined;
  }
}

function dated(at: number): boolean {
  return Math.abs(at) <= LAST;
}

function day(at: number): string {
  return iso(at).split('T')[0] ?? '';
}

function clock(at: number): string {
  return iso(at).split('T')[1]?.slice(0, 8) ?? '';
}
