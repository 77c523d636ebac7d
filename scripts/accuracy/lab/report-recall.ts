import { CHANGES } from './changes.ts';
import type { RecallCell, RecallResult } from './recall.ts';
import { ratio, share, table } from './table.ts';
import { YARDSTICK_NAMES, type YardstickName } from './yardsticks.ts';

/** Recall by change and calls a side; then what broke besides, and with `details` each miss. */
export function reportRecall(results: readonly RecallResult[], details: boolean): string {
  const sizes = [...new Set(results.map(({ calls }) => calls))];
  const names = CHANGES.map(({ name }) => name).filter((name) =>
    results.some(({ cells }) => cells.some(({ change }) => change === name)),
  );
  const cellsOf = (name: string, size: number) =>
    results
      .filter(({ calls }) => calls === size)
      .flatMap(({ cells }) => cells.filter(({ change }) => change === name));
  const recall = (isHit: (cell: RecallCell) => boolean, of: readonly string[] = names) =>
    table(
      ['change', ...sizes.map(String)],
      of.map((name) => [
        name,
        ...sizes.map((size) => {
          const cells = cellsOf(name, size);
          return share(cells.filter(isHit).length, cells.length);
        }),
      ]),
    );
  const lines = [
    'Share of the changes found at the right operation, by calls a side (95 %)\n',
    recall(({ hit }) => hit),
    ...YARDSTICK_NAMES.flatMap((name) => {
      const judged = judgedBy(name, names);
      if (judged.length === 0) return [];
      return [`The same by ${name}\n`, recall(({ found }) => found.includes(name), judged)];
    }),
    'Pairs that end in FAIL for whatever reason\n',
    table(
      ['calls a side', 'the gate', ...YARDSTICK_NAMES],
      sizes.map((size) => {
        const cells = names.flatMap((name) => cellsOf(name, size));
        const failed = (does: (cell: RecallCell) => boolean) =>
          share(cells.filter(does).length, cells.length);
        return [
          String(size),
          failed(({ verdict }) => verdict === 'FAIL'),
          ...YARDSTICK_NAMES.map((name) => failed((cell) => cell.failed.includes(name))),
        ];
      }),
    ),
    'Other breaking findings, in pairs: at the changed operation or next to it, and elsewhere (false)\n',
    table(
      ['calls a side', 'next to it', 'elsewhere', 'rules elsewhere'],
      sizes.map((size) => {
        const cells = names.flatMap((name) => cellsOf(name, size));
        const pairs = (of: (cell: RecallCell) => readonly string[]) =>
          ratio(cells.filter((cell) => of(cell).length > 0).length, cells.length);
        return [
          String(size),
          pairs(({ near }) => near),
          pairs(({ elsewhere }) => elsewhere),
          counted(cells.flatMap(({ elsewhere }) => elsewhere)),
        ];
      }),
    ),
    table(
      ['change', 'breaking next to it, by rule'],
      names.map((name) => [
        name,
        counted(sizes.flatMap((size) => cellsOf(name, size).flatMap(({ near }) => near))),
      ]),
    ),
  ];
  lines.push(
    'What came closest where a change was missed\n',
    table(
      ['change', ...sizes.map(String)],
      names.map((name) => [
        name,
        ...sizes.map((size) =>
          counted(cellsOf(name, size).flatMap(({ missed }) => closest(missed))),
        ),
      ]),
    ),
  );
  if (details) {
    for (const { calls, cells } of results) {
      for (const { change, missed } of cells) {
        if (missed !== undefined) lines.push(`- missed: ${change}, ${calls} calls: ${missed}`);
      }
    }
  }
  return lines.join('\n');
}

/** Severity and rule of a miss in words; none for what was found. */
function closest(missed: string | undefined): string[] {
  if (missed === undefined) return [];
  return [
    /: (nothing|(?:undecided|warning|info|breaking) [a-z0-9.-]+)/.exec(missed)?.[1] ?? missed,
  ];
}

/** The changes that a yardstick looks at: latencies, or what a response holds. */
function judgedBy(yardstick: YardstickName, names: readonly string[]): readonly string[] {
  const isDiffy = yardstick === 'fields (Diffy)';
  const families = isDiffy ? ['schema', 'error', 'header'] : ['latency'];
  const seen = CHANGES.filter(({ family }) => families.includes(family));
  return seen.map(({ name }) => name).filter((name) => names.includes(name));
}

function counted(rules: readonly string[]): string {
  return (
    [...Map.groupBy(rules, (rule) => rule)]
      .map(([rule, all]) => [rule, all.length] as const)
      .sort((a, b) => b[1] - a[1])
      .map(([rule, count]) => `${rule} ${count}`)
      .join(', ') || '–'
  );
}
