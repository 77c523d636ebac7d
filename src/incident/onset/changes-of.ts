import { benjaminiHochberg } from '../../compare/stats/multiple.ts';
import type { Change } from '../change.ts';
import type { IncidentCase } from '../incident-case.ts';
import { newConnections } from './connections.ts';
import { durationsOf, everywhereOf } from './durations.ts';
import { type Episode, episodesOf } from './episodes.ts';
import { handledOf } from './handled.ts';
import { durationLevels, fanOuts } from './levels.ts';
import type { Measured } from './measured.ts';
import { type Places, placesOf } from './places.ts';
import { endingShares } from './shares.ts';
import { volumes } from './volumes.ts';

/** Share of the changes told that may be none (Benjamini-Hochberg over all places and measures). */
const FALSE_ALARMS = 0.01;
const MOST_ROWS = 10;
/** How long (ms) before the first call of a window something that it shows from there on may have begun. */
const BEFORE_MS = 1_000;

interface Found {
  readonly chance: number;
  readonly changes: readonly Omit<Change, 'sure'>[];
}

/**
 * What changed in the incident against known-good traffic, where, and from when to when: in order of
 * time. Each measure of each place is searched for segments that are not as before (`episodes.ts`),
 * whose chance accounts for the search; over places and measures the share of false ones is held.
 */
export function changesOf(given: IncidentCase): readonly Change[] {
  const places = placesOf(given);
  const alike = new Map(places.operations.map((each) => [each.place.operation, each.alike]));
  const found: Found[] = [];
  for (const measured of measures(given, places))
    found.push(measured ? search(measured, given) : { chance: 1, changes: [] });
  const adjusted = benjaminiHochberg(found.map(({ chance }) => chance));
  return found
    .flatMap(({ changes }, i) => {
      const sure = 1 - (adjusted[i] as number);
      return sure < 1 - FALSE_ALARMS ? [] : changes.map((change) => ({ ...change, sure }));
    })
    .flatMap((change) => {
      const { caller, operation } = change.place;
      const edge = caller === undefined ? alike.get(operation) : undefined;
      const told = edge && change.measure !== 'own-time' && change.measure !== 'fan-out';
      return told ? [change, { ...change, place: edge }] : [change];
    })
    .sort((a, b) => a.at - b.at || a.from - b.from);
}

/** One a place and measure, undefined where there is nothing to search: it was looked at as well. */
function* measures(given: IncidentCase, places: Places): Generator<Measured | undefined> {
  const { good, bad } = given;
  const { operations, edges, workloads, pairs } = places;
  const all = [...workloads, ...operations, ...edges];
  yield* endingShares(given, all);
  yield* volumes(given, all);
  yield* newConnections(given, pairs);
  const [before, after] = [handledOf(good), handledOf(bad)];
  const everywhere = everywhereOf(given, operations, { good: before.own, bad: after.own });
  const latency = durationsOf(given, operations, good.latency, bad.latency, everywhere);
  yield* durationLevels(given, 'latency', latency, all);
  const own = durationsOf(given, operations, before.own, after.own, everywhere);
  yield* durationLevels(given, 'own-time', own, [...workloads, ...operations]);
  yield* fanOuts(given, { good: before.made, bad: after.made }, operations);
}

function search(measured: Measured, given: IncidentCase): Found {
  const episodes = episodesOf(measured.model, given.bad.start - BEFORE_MS);
  const chance = episodes.reduce((least, episode) => Math.min(least, episode.chance), 1);
  return {
    chance,
    changes: episodes
      .filter((episode) => episode.chance <= FALSE_ALARMS)
      .map((episode) => changeOf(measured, episode, given)),
  };
}

function changeOf(
  measured: Measured,
  episode: Episode,
  { good, bad }: IncidentCase,
): Omit<Change, 'sure'> {
  const { place, measure, before, samples } = measured;
  const { onset, until } = episode;
  // What the first call shows began at any time since the known-good traffic's end.
  const from =
    onset.from < bad.start && good.size > 0 ? Math.min(onset.from, good.end) : onset.from;
  return {
    place,
    measure,
    at: onset.at,
    from: good.end > bad.start ? onset.from : from,
    to: onset.to,
    ...(until !== undefined && { until }),
    before,
    after: measured.after(episode),
    samples: { before: samples, after: measured.samplesIn(episode) },
    rows: tellingRows(measured.rows(episode), episode),
  };
}

/** Rows that show it: the first, and others evenly spread. */
function tellingRows(rows: Int32Array, { gains, from, to }: Episode): readonly number[] {
  const telling =
    rows.length === to - from ? rows.filter((_, i) => (gains[from + i] as number) > 0) : rows;
  const step = Math.max(1, telling.length / MOST_ROWS);
  const some: number[] = [];
  for (let i = 0; i < telling.length && some.length < MOST_ROWS; i += step)
    some.push(telling[Math.floor(i)] as number);
  return some;
}
