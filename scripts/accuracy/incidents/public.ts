import { type Judged, judge } from './judge.ts';
import { KnownGood } from './known-good.ts';
import { Minutes } from './minutes.ts';
import { loudestRatio, ownTimeAlone, robustScore, type Yardstick } from './yardsticks.ts';

/**
 * Ranks the workloads of public recordings with injected faults, of whose calls nothing is known but
 * who called what, when and for how long, and prints how often the true one comes first.
 *
 *   node scripts/accuracy/incidents/public.ts [FOLDER]   holds labels.json and a folder a system
 */
const folder = process.argv[2] ?? '../shared/data/incidents';
const minutes = new Minutes(folder);
const knownGood = new KnownGood(minutes);
const YARDSTICKS: readonly Yardstick[] = [loudestRatio, robustScore, ownTimeAlone];
/** Their service answers wrongly rather than late, which calls without a status hardly show. */
const HARDLY_SHOWN = { system: 'trainticket', types: new Set(['exception', 'return']) };

interface Row {
  faults: number;
  first: number;
  firstThree: number;
  listed: number;
  named: number;
  wrong: number;
  abstained: number;
  readonly yardsticks: number[];
}

const rows = new Map<string, Row>();
const shown: string[] = [];
for (const fault of minutes.labels.faults) {
  const bad = await minutes.of(fault.system, fault.during);
  const known = await knownGood.for(fault);
  if (!bad || !known) continue;
  const judged = judge(known.good, bad);
  const hardly = HARDLY_SHOWN.system === fault.system && HARDLY_SHOWN.types.has(fault.type);
  count(`${fault.system}, ${fault.type}`, fault.service, judged);
  count(hardly ? 'all that hardly show' : 'all that show', fault.service, judged);
  shown.push(
    `| ${fault.id} | ${fault.service} | ${fault.type} | ${judged.ranked.slice(0, 3).join(', ') || '–'} | ${judged.abstained ? 'yes' : ''} | ${known.doubt ? 'the minute before already shows it' : ''} |`,
  );
}

console.log('| fault | service | type | suspects | abstained | known-good |');
console.log('| --- | --- | --- | --- | --- | --- |');
for (const line of shown) console.log(line);
console.log(
  '\n| faults | n | first | first three | listed first | named rightly | named wrongly | abstained | loudest ratio | robust score | own time alone |',
);
console.log(`|${' --- |'.repeat(11)}`);
for (const [name, row] of [...rows].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const { faults, first, firstThree, listed, named, wrong, abstained, yardsticks } = row;
  const cells = [name, faults, first, firstThree, listed, named, wrong, abstained, ...yardsticks];
  console.log(`| ${cells.join(' | ')} |`);
}
await printPairs();

function count(name: string, service: string, { given, ranked, abstained, listed }: Judged): void {
  const row = rows.get(name) ?? {
    faults: 0,
    first: 0,
    firstThree: 0,
    listed: 0,
    named: 0,
    wrong: 0,
    abstained: 0,
    yardsticks: YARDSTICKS.map(() => 0),
  };
  rows.set(name, row);
  const isFirst = ranked[0] === service;
  row.faults++;
  if (isFirst) row.first++;
  if (isFirst && listed) row.listed++;
  if (ranked.slice(0, 3).includes(service)) row.firstThree++;
  if (abstained) row.abstained++;
  else if (isFirst) row.named++;
  else row.wrong++;
  for (const [i, yardstick] of YARDSTICKS.entries()) {
    if (yardstick(given)[0] === service) row.yardsticks[i] = (row.yardsticks[i] as number) + 1;
  }
}

/** Known-good minutes beside each other: nobody is to be named. */
async function printPairs(): Promise<void> {
  console.log(
    '\n| known-good minutes beside each other | pairs | abstained | named |\n|' +
      ' --- |'.repeat(4),
  );
  for (const system of [...new Set(minutes.labels.faults.map((fault) => fault.system))].sort()) {
    const names = minutes.good(system);
    const doubtful = await Promise.all(names.map((name) => knownGood.isDoubtful(system, name)));
    const clean = names.filter((_, i) => !doubtful[i]);
    let abstained = 0;
    const named: string[] = [];
    for (const { a, b } of neighbours(clean)) {
      const [good, bad] = [await minutes.of(system, [a]), await minutes.of(system, [b])];
      if (!good || !bad) continue;
      const judged = judge(good, bad);
      if (judged.abstained) abstained++;
      else named.push(`${judged.ranked[0]} (${a}, ${b})`);
    }
    const all = abstained + named.length;
    console.log(`| ${system} | ${all} | ${abstained} | ${named.join('; ') || '–'} |`);
    const bad = names.filter((_, i) => doubtful[i]);
    console.log(
      `| ${system}: left out, for they already show a fault | | | ${bad.join('; ') || '–'} |`,
    );
  }
}

/** Each minute with the next few in time, both ways. */
function neighbours(names: readonly string[], reach = 5): { a: string; b: string }[] {
  return names.flatMap((a, i) =>
    names.slice(i + 1, i + 1 + reach).flatMap((b) => [
      { a, b },
      { a: b, b: a },
    ]),
  );
}
