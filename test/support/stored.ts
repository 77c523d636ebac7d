import type { Profile } from '../../src/profile/profile.ts';
import { Profiler } from '../../src/profile/profiler.ts';
import type { StoreContext } from '../../src/store/open-store.ts';
import { call } from './calls.ts';

/** A profile of one call. */
export function profileAt(ts: number): Profile {
  const profiler = new Profiler();
  profiler.push({ kind: 'call', call: call({ ts, to: 'orders', path: '/api/orders' }) });
  return profiler.finish();
}

/** What a store is opened with, and what it noted. */
export function storeContext(
  env: StoreContext['env'] = process.env,
): StoreContext & { readonly noted: string[] } {
  const noted: string[] = [];
  return {
    env,
    noted,
    signal: AbortSignal.timeout(600_000),
    note: (line) => void noted.push(line),
  };
}
