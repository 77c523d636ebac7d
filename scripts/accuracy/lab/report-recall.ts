import { CHANGES } from './changes.ts';
import type { RecallCell, RecallResult } from './recall.ts';
import { ratio, share, table } from './table.ts';
import { YARDSTICK_NAMES } from './yardsticks.ts';

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
  const recall = (isHit: (cell: RecallCell) => boolean) =>
    table(
      ['change', ...sizes.map(String)],
      names.map((name) => [
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
    ...YARDSTICK_NAMES.flatMap((name) => [
      `The same by ${name}\n`,
      recall(({ found }) => found.includes(name)),
    ]),
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
  if (details) {
    for (const { calls, cells } of results) {
      for (const { change, missed } of cells) {
        if (missed !== undefined) lines.push(`- missed: ${change}, ${calls} calls: ${missed}`);
      }
    }
  }
  return lines.join('\n');
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
