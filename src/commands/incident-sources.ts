import type { Capture } from '../calls/observation.ts';
import type { Provenance } from '../incident/investigate.ts';
import { cutOf } from '../incident/onset/cut.ts';
import { partOf, type Reading } from '../incident/reading/reading.ts';
import { readTraffic } from '../incident/reading/traffic-reader.ts';
import type { KubesharkSession } from '../sources/kubeshark/index.ts';
import { readNdjson } from '../sources/ndjson.ts';
import { recognise } from '../sources/recognise.ts';
import { KnownError, UsageError } from '../support/errors.ts';
import { iso } from '../support/quantity.ts';
import { openSession } from './capture-profile.ts';
import type { Window } from './capture-window.ts';
import type { CommandIO } from './command.ts';
import { incidentWindow } from './incident-window.ts';
import { mergedCaptures } from './merged-captures.ts';
import * as values from './option-values.ts';
import type { Inputs } from './options.ts';
import { peek } from './stdin.ts';
import type { SymptomTimes } from './symptom-times.ts';
import { watchedCapture } from './watched-capture.ts';

/** What an investigation sets side by side. */
export interface Sides extends Provenance {
  readonly good: Reading;
  readonly bad: Reading;
}

/** Calls that are linked, over both sides: linking them takes some seconds. */
const MOST_LINKED = 16_000;

/** Both sides from capture files; known-good is what was before the onset where none is given. */
export async function readFiles(
  inputs: Inputs,
  times: SymptomTimes,
  io: CommandIO,
): Promise<Sides> {
  const whole = await readPlaces(inputs.captures, inputs, io);
  const { knownGood = [], start, end } = inputs;
  const reading = partOf(whole, { from: start ?? whole.start, to: (end ?? whole.end) + 1 });
  if (knownGood.length === 0) return split(reading, inputs, times);
  if (rangeOf(knownGood) !== undefined) {
    const { start: from, end: to } = rangeOf(knownGood) as Window;
    const good = partOf(whole, { from, to: to + 1 });
    return { good, bad: reading, origin: 'given', doubts: doubtsOf(good) };
  }
  const good = await readPlaces(knownGood, inputs, io);
  return { good, bad: reading, origin: 'given', doubts: doubtsOf(good) };
}

/** Both sides from Kubeshark; known-good as asked for, else what was before the onset, else before all. */
export async function readHub(
  inputs: Inputs,
  times: SymptomTimes,
  now: number,
  io: CommandIO,
): Promise<Sides> {
  const session = await openSession(inputs, io);
  try {
    const held = inputs.snapshot === undefined ? undefined : await session.span(inputs.snapshot);
    const window =
      held && (inputs.since ?? times.since ?? inputs.start) === undefined
        ? { ...held, ...(inputs.end !== undefined && { end: inputs.end }) }
        : incidentWindow(inputs, times, now);
    await session.preflight(window);
    const { snapshot } = inputs;
    const packets = snapshot === undefined ? {} : { snapshot };
    const reading = await readWindow('the incident', window, session, inputs, io);
    const { knownGood = [] } = inputs;
    const range = rangeOf(knownGood);
    if (range) {
      const good = await readWindow('known-good traffic', range, session, inputs, io);
      return { good, bad: reading, origin: 'given', doubts: doubtsOf(good), ...packets };
    }
    if (knownGood.length > 0) {
      const good = await readPlaces(knownGood, inputs, io);
      return { good, bad: reading, origin: 'given', doubts: doubtsOf(good), ...packets };
    }
    if (cutOf(reading) !== undefined) return { ...split(reading, inputs, times), ...packets };
    const found = await before(window, session, inputs, io);
    if (found)
      return { good: found, bad: reading, origin: 'found', doubts: doubtsOf(found), ...packets };
    return { ...split(reading, inputs, times), ...packets };
  } finally {
    await session.close();
  }
}

/** The same length right before the window, where the Hub still holds it. */
async function before(
  { start, end }: Window,
  session: KubesharkSession,
  inputs: Inputs,
  io: CommandIO,
): Promise<Reading | undefined> {
  const earlier = { start: start - (end - start), end: start - 1 };
  try {
    io.progress.note(`nothing changed inside the window: asking for what was before ${iso(start)}`);
    const found = await readWindow('what was before', earlier, session, inputs, io);
    return found.last > found.first ? found : undefined;
  } catch (error) {
    if (!(error instanceof KnownError) || io.signal.aborted) throw error;
    io.progress.warn(`what was before can not be read: ${error.message}`);
    return undefined;
  }
}

/**
 * One reading, cut where its traffic changed; where nothing says that it did, where the symptom is said
 * to begin, else in the middle: then both halves are alike, and nothing is found.
 */
function split(reading: Reading, { since }: Inputs, times: SymptomTimes): Sides {
  const { start, end } = reading;
  const told = since ?? times.since;
  const inside = told !== undefined && told > start && told < end ? told : undefined;
  const at = cutOf(reading) ?? inside ?? Math.floor((start + end) / 2);
  const good = partOf(reading, { from: start, to: at });
  const bad = partOf(reading, { from: at, to: end + 1 });
  return { good, bad, origin: 'before-onset' };
}

function doubtsOf(good: Reading): string[] {
  const at = cutOf(good);
  if (at === undefined) return [];
  return [
    `the known-good traffic changes itself, at ${iso(at)}: some of it may show the trouble already`,
  ];
}

async function readPlaces(
  places: readonly string[],
  inputs: Inputs,
  io: CommandIO,
): Promise<Reading> {
  const captures = await Promise.all(places.map((place) => openCalls(place, io)));
  return readTraffic(mergedCaptures(captures), readingOptions(inputs));
}

async function openCalls(place: string, io: CommandIO): Promise<Capture> {
  if (place === '-') {
    const { isProfile, stream } = await peek(process.stdin);
    if (isProfile) throw isAProfile('stdin');
    return watchedCapture('stdin', readNdjson('-', stream), io);
  }
  if ((await recognise(place)) === 'profile') throw isAProfile(place);
  return watchedCapture(place, readNdjson(place), io);
}

function isAProfile(place: string): UsageError {
  return new UsageError(`${place} is a profile: an investigation needs the calls themselves`, {
    hint: 'give the capture that it was made from (baseline --save-calls keeps it)',
  });
}

function readWindow(
  name: string,
  window: Window,
  session: KubesharkSession,
  inputs: Inputs,
  io: CommandIO,
): Promise<Reading> {
  return readTraffic(watchedCapture(name, session.capture(window), io), readingOptions(inputs));
}

function readingOptions({ identity, knownGood }: Inputs) {
  return { identity, mostKept: knownGood === undefined ? MOST_LINKED : MOST_LINKED / 2 };
}

/** `START..END` instead of a capture. */
function rangeOf(places: readonly string[]): Window | undefined {
  const [only, ...more] = places;
  const [, from, to] = /^(.+?)\.\.(.+)$/.exec(only ?? '') ?? [];
  if (more.length > 0 || from === undefined || to === undefined) return undefined;
  const start = values.instant.safeParse(from);
  const end = values.instant.safeParse(to);
  if (!start.success || !end.success) return undefined;
  if (start.data < end.data) return { start: start.data, end: end.data };
  throw new UsageError(`--known-good ${only}: its start is not before its end`);
}
