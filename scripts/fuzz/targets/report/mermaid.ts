import { type Arrow, renderFlowchart } from '../../../../src/report/flowchart.ts';
import { holds } from '../../engine/failure.ts';
import { HOSTILE_NAMES, hostileName, SYNTAX } from '../../material/hostile-name.ts';
import { same } from '../../material/same.ts';
import type { Target } from '../../target.ts';

const NODE = /^ {2}n(\d+)\["([^"]*)"\]$/;
const ARROW = /^ {2}n(\d+) (?:-->|-\.->|==>|<-->|--x|--o)\|"([^"]*)"\| n(\d+)$/;
/** What Mermaid takes for itself inside a quoted label, or its sanitizer for HTML. */
const OWN = /["<>`|{}[\]\\@:]|&(?!#)|%%|#(?!\d+;)/;

/** No name that an input holds. */
const OTHER = 'o'.repeat(150);

export const target: Target = {
  holds:
    'a flowchart of any names has a line for each node and arrow and nothing else, its labels hold no syntax, and mean the names',
  seeds: () => HOSTILE_NAMES,
  words: SYNTAX,
  run: (input) => {
    const name = hostileName(input);
    const arrows: readonly Arrow[] = [
      { from: name, to: `to ${name}`, label: name },
      { from: OTHER, to: name, label: 'new', line: 'dashed', marked: true },
    ];
    const [head, ...lines] = renderFlowchart(arrows).trimEnd().split('\n');
    same('it begins as a flowchart', head, 'flowchart LR');
    same('a line for each', lines.length, 6);
    for (const line of lines.slice(0, 3)) fits(NODE, line, 2);
    for (const line of lines.slice(3, 5)) fits(ARROW, line, 2);
    same('the last one draws', lines[5]?.replace(/[\d,]+ .*/, ''), '  linkStyle ');
  },
};

function fits(form: RegExp, line: string, group: number): void {
  const label = form.exec(line)?.[group];
  holds(label !== undefined && !OWN.test(label), 'a label is no syntax', () => line);
}
