import type { FlowReading } from '../calls/flow.ts';
import type { Capture, CaptureProblem } from '../calls/observation.ts';
import type { StepBack } from '../calls/order.ts';
import type { Provenance } from '../incident/investigate.ts';
import { cutOf } from '../incident/onset/cut.ts';
import { partOf, type Reading } from '../incident/reading/reading.ts';
import { stepBackProblem, timeBreakOf } from '../incident/reading/time-break.ts';
import { readTraffic } from '../incident/reading/traffic-reader.ts';
import type { KubesharkSession } from '../sources/kubeshark/index.ts';
import type { OrderOf } from '../sources/ndjson.ts';
import { inputName } from '../sources/ndjson-bytes.ts';
import { openInput } from '../sources/open-input.ts';
import { CaptureError, KnownError, UsageError } from '../support/errors.ts';
import { iso } from '../support/quantity.ts';
import { assumingOrder } from './assumed-order.ts';
import type { Window } from './capture-window.ts';
import type { CommandIO } from './command.ts';
import { fileWindow, incidentWindow, noteUnheeded, warnOutside } from './incident-window.ts';
import { mergedCaptures } from './merged-captures.ts';
import { openSession } from './open-session.ts';
import * as values from './option-values.ts';
import type { Inputs } from './options.ts';
import type { SymptomTimes } from './symptom-times.ts';
import { watchedCapture } from './watched-capture.ts';

/** What an investigation sets side by side. */
export interface Sides extends Provenance {
  readonly good: Reading;
  readonly bad: Reading;
  /** What the symptom says of when. */
  readonly times: SymptomTimes;
  /** L4 flows, where the incident lasts or has just ended. */
  readonly flows?: FlowReading | undefined;
}

/** When it was by the words of the symptom, said at a moment (Unix ms). */
type TimesAt = (now: number) => Promise<SymptomTimes>;

/** The Hub counts flows as they are now: of what ended longer ago they tell little, ms. */
const FRESH_MS = 15 * 60_000;

/** Calls that are linked: of one capture that holds both sides, and of each of two. */
const LINKED_OF_BOTH = 20_000;
const LINKED_OF_EACH = 14_000;

/** Both sides from capture files; known-good is what was before the onset where none is given. */
export async function readFiles(inputs: Inputs, timesAt: TimesAt, io: CommandIO): Promise<Sides> {
  const { reading: whole, step } = await readPlaces(inputs.captures, inputs, io);
  noteUnheeded(inputs, io);
  // Whoever looks at a capture later means its day.
  const times = await timesAt(whole.end);
  const { start = whole.start, end = whole.end } = fileWindow(inputs, io);
  const bad = partOf(whole, { from: start, to: end + 1 });
  warnOutside(inputs.since ?? times.since, whole, io);
  const { knownGood = [] } = inputs;
  if (knownGood.length === 0) return { ...withinFile(bad, step, inputs, times), times };
  const range = rangeOf(knownGood);
  const good = range
    ? partOf(whole, { from: range.start, to: range.end + 1 })
    : (await readPlaces(knownGood, inputs, io)).reading;
  return { ...beside(good, bad, 'given'), times };
}

/** Both sides from Kubeshark; known-good as asked for, else what was before the onset, else before all. */
export async function readHub(
  inputs: Inputs,
  timesAt: TimesAt,
  now: number,
  io: CommandIO,
): Promise<Sides> {
  const { snapshot } = inputs;
  const times = await timesAt(now);
  const session = await openSession(inputs, io);
  try {
    const held = snapshot === undefined ? undefined : await session.span(snapshot);
    const window =
      held && (inputs.since ?? times.since ?? inputs.start) === undefined
        ? { ...held, ...(inputs.end !== undefined && { end: inputs.end }) }
        : incidentWindow(inputs, times, now);
    await session.preflight(window);
    const sides = await besideWindow(window, times, session, inputs, io);
    const fresh = snapshot === undefined && window.end >= now - FRESH_MS;
    const flows = fresh ? await session.flows(now) : undefined;
    return { ...sides, times, flows, ...(snapshot !== undefined && { snapshot }) };
  } finally {
    await session.close();
  }
}

async function besideWindow(
  window: Window,
  times: SymptomTimes,
  session: KubesharkSession,
  inputs: Inputs,
  io: CommandIO,
): Promise<Pair> {
  const bad = await readWindow('the incident', window, session, inputs, io);
  mustHold(bad, 'in the time to look into');
  const { knownGood = [] } = inputs;
  if (knownGood.length > 0) {
    const range = rangeOf(knownGood);
    const good = range
      ? await readWindow('known-good traffic', range, session, inputs, io)
      : (await readPlaces(knownGood, inputs, io)).reading;
    return beside(good, bad, 'given');
  }
  const cut = cutOf(bad);
  const found = cut === undefined ? await before(window, session, inputs, io) : undefined;
  return found ? beside(found, bad, 'found') : split(bad, cut, inputs, times);
}

type Pair = Omit<Sides, 'times' | 'flows'>;

/** Throws CaptureError where known-good traffic that was given is none. */
function beside(good: Reading, bad: Reading, origin: 'given' | 'found'): Pair {
  mustHold(bad, 'in the time to look into');
  mustHold(good, 'in the known-good traffic');
  return { good, bad, origin, doubts: doubtsOf(good) };
}

/** Throws CaptureError for a reading without calls. */
function mustHold({ first, last, columns }: Reading, where: string): void {
  if (last > first) return;
  const { ts, size } = columns;
  const [begin, end] = [ts[0] as number, ts[size - 1] as number];
  throw new CaptureError(`there are no calls ${where}`, {
    hint:
      size === 0
        ? 'was there traffic then, and does the filter let it through?'
        : `the capture holds calls from ${iso(begin)} to ${iso(end)}`,
  });
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
function split(
  reading: Reading,
  cut: number | undefined,
  { since }: Inputs,
  times: SymptomTimes,
): Pair {
  mustHold(reading, 'in the time to look into');
  const { start, end } = reading;
  const told = since ?? times.since;
  const inside = told !== undefined && told > start && told < end ? told : undefined;
  const at = cut ?? inside ?? Math.floor((start + end) / 2);
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

/**
 * Both sides out of one capture. Where its clock was set, or it stood still, of the part that changes in
 * itself, the later one first; else of the parts before and after.
 */
function withinFile(
  whole: Reading,
  step: StepBack | undefined,
  inputs: Inputs,
  times: SymptomTimes,
): Pair {
  const found = timeBreakOf(whole, step);
  if (!found)
    return noted(split(whole, cutOf(whole), inputs, times), step && stepBackProblem(step));
  const { first, second, problem } = found;
  for (const part of [second, first]) {
    const cut = cutOf(part);
    if (cut !== undefined) return noted(split(part, cut, inputs, times), problem);
  }
  return noted({ good: first, bad: second, origin: 'before-onset' }, problem);
}

function noted(pair: Pair, problem: CaptureProblem | undefined): Pair {
  if (!problem) return pair;
  return { ...pair, bad: { ...pair.bad, problems: [...pair.bad.problems, problem] } };
}

/** What was read, and where the files were first out of order. */
async function readPlaces(
  places: readonly string[],
  inputs: Inputs,
  io: CommandIO,
): Promise<{ readonly reading: Reading; readonly step: StepBack | undefined }> {
  const read = async (order: OrderOf, step?: StepBack) => {
    const captures = await Promise.all(places.map((place) => openCalls(place, order, inputs, io)));
    const reading = await readTraffic(mergedCaptures(captures), readingOptions(inputs));
    return { reading, step };
  };
  // Stdin can't be opened again.
  return places.includes('-') ? read('looked-over') : assumingOrder(read);
}

async function openCalls(
  place: string,
  order: OrderOf,
  inputs: Inputs,
  io: CommandIO,
): Promise<Capture> {
  const { format, stream } = await openInput(place);
  const name = inputName(place);
  if (format === 'profile') throw isAProfile(name);
  return watchedCapture(name, format.read(place, { names: inputs.names ?? [], order, stream }), io);
}

function isAProfile(place: string): UsageError {
  return new UsageError(`${place} is a profile: an investigation needs the calls themselves`, {
    hint: 'give the capture that it was made from (baseline --save-calls keeps it)',
  });
}

async function readWindow(
  name: string,
  window: Window,
  session: KubesharkSession,
  inputs: Inputs,
  io: CommandIO,
): Promise<Reading> {
  const capture = watchedCapture(name, session.capture(window), io);
  return withoutGaps(await readTraffic(capture, readingOptions(inputs)));
}

/** Where the Hub did not hold all of the window, the time that it held: what was not seen was not quiet. */
function withoutGaps(reading: Reading): Reading {
  const { problems, columns, first, last } = reading;
  if (last === first || !problems.some(({ code }) => code === 'outside-boundaries')) return reading;
  const [start, end] = [columns.ts[first] as number, columns.ts[last - 1] as number];
  return partOf(reading, { from: start, to: end + 1 });
}

function readingOptions({ identity, knownGood }: Inputs) {
  return { identity, mostKept: knownGood === undefined ? LINKED_OF_BOTH : LINKED_OF_EACH };
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
