import { useEffect, useState } from 'preact/hooks';
import type { StatusData } from '../../monitor/status-data.ts';

const EVERY_MS = 15_000;

export interface Followed {
  readonly data: StatusData;
  /** Unix ms, by the browser's clock. */
  readonly now: number;
  /** Since when the monitor has not answered, Unix ms. */
  readonly lostAt: number | undefined;
}

/** What the monitor says, asked again and again from beside the page. */
export function useStatus(first: StatusData): Followed {
  const [state, setState] = useState<Followed>({
    data: first,
    now: Date.now(),
    lostAt: undefined,
  });
  useEffect(() => {
    const ask = async () => {
      try {
        const answer = await fetch('status.json', { cache: 'no-store' });
        if (!answer.ok) throw new Error(answer.statusText);
        const data = (await answer.json()) as StatusData;
        setState({ data, now: Date.now(), lostAt: undefined });
      } catch {
        setState(({ data, lostAt }) => ({ data, now: Date.now(), lostAt: lostAt ?? Date.now() }));
      }
    };
    const timer = setInterval(ask, EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return state;
}
