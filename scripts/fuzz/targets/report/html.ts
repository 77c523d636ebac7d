import { renderHtml } from '../../../../src/report/html.ts';
import { renderInvestigationHtml } from '../../../../src/report/incident/incident-html.ts';
import { StatusListener } from '../../../../src/report/monitor/status-listener.ts';
import { bearing } from '../../../../test/support/bearing.ts';
import { bearingIncident } from '../../../../test/support/investigations.ts';
import { busySlot } from '../../../../test/support/judged-slots.ts';
import { HOSTILE_NAMES, hostileName, PLAIN, SYNTAX } from '../../material/hostile-name.ts';
import { type HtmlNode, parseHtml } from '../../material/parsers.ts';
import { same } from '../../material/same.ts';
import { structureOf, textIn } from '../../material/structure.ts';
import type { Target } from '../../target.ts';

const TEMPLATE =
  '<title>%TITLE%</title>%PLAIN%<script type="application/json">%DATA%</script><p>end</p>';
const RENDERED: readonly ((name: string) => string)[] = [
  (name) => renderHtml(bearing(name), TEMPLATE),
  (name) => renderInvestigationHtml(bearingIncident(name), { timeZone: 'UTC' }, TEMPLATE),
  (name) => {
    const status = new StatusListener(TEMPLATE);
    status.slot(busySlot({ name }));
    status.blind('shop', { since: 0, reason: name });
    return status.routes().get('/')?.().body ?? '';
  },
];
const usual = new Map<number, string>();

export const target: Target = {
  holds:
    'a page with any name in it has the elements and attributes that it has with a plain one, as browsers parse it (parse5), and its data is JSON',
  needs: 'scripts/fuzz/parsers',
  seeds: () => HOSTILE_NAMES,
  words: [...SYNTAX, '%TITLE%', '%PLAIN%', '%DATA%', '$&', '$1'],
  run: (input) => {
    const kind = input.length % RENDERED.length;
    const render = RENDERED[kind] as (name: string) => string;
    const plain = usual.get(kind) ?? structureOf(parseHtml(render(PLAIN)));
    usual.set(kind, plain);
    const page = parseHtml(render(hostileName(input)));
    same('a name is structure', structureOf(page), plain);
    JSON.parse(dataIn(page) ?? '');
  },
};

function dataIn(node: HtmlNode): string | undefined {
  if (node.nodeName === 'script') return textIn(node);
  for (const child of node.childNodes ?? []) {
    const found = dataIn(child);
    if (found !== undefined) return found;
  }
  return undefined;
}
