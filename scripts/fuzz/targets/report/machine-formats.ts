import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { annotationsOf } from '../../../../src/github/annotations.ts';
import { annotate } from '../../../../src/github/workflow-commands.ts';
import { renderJunit } from '../../../../src/report/junit.ts';
import { renderSarif } from '../../../../src/report/sarif.ts';
import { renderText } from '../../../../src/report/text.ts';
import { forWorkflowLog } from '../../../../src/support/escape.ts';
import { jsonText } from '../../../../src/support/json-text.ts';
import { departures } from '../../../../test/report/xsd.ts';
import { bearing } from '../../../../test/support/bearing.ts';
import { holds } from '../../engine/failure.ts';
import { HOSTILE_NAMES, hostileName, PLAIN, SYNTAX } from '../../material/hostile-name.ts';
import { same } from '../../material/same.ts';
import type { Target } from '../../target.ts';

const REPORTS = 'fixtures/reports';
const XSD = readFileSync(`${REPORTS}/junit-10.xsd`, 'utf8');
const {
  $schema: _,
  id: __,
  ...SCHEMA
} = JSON.parse(readFileSync(`${REPORTS}/sarif-schema-2.1.0.json`, 'utf8')) as Record<
  string,
  unknown
>;
const isSarif = new Ajv({ strict: false, validateFormats: false }).compile(SCHEMA);
const SUITE = /^<\/?testsuite$/;
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{NChar}]/u;

export const target: Target = {
  holds:
    'with any name, JUnit fits its schema with as many cases, SARIF its own, the log of a workflow has as many commands and lines, and no format holds an invisible character',
  seeds: () => HOSTILE_NAMES,
  words: SYNTAX,
  run: async (input) => {
    const [given, usual] = [bearing(hostileName(input)), bearing(PLAIN)];
    const kind = input.length % 3;
    if (kind === 0) {
      const junit = await renderJunit(given);
      same('JUnit fits its schema', departures(XSD, junit), []);
      const plain = await renderJunit(usual);
      same('a name is an element', tagsIn(junit), tagsIn(plain));
      holds(suitesIn(junit) <= suitesIn(plain), 'a name is a suite', () => junit);
      seen(junit);
    } else if (kind === 1) {
      const sarif = renderSarif(given, { file: 'wireproof.yml' });
      const log = JSON.parse(sarif) as { runs: { results: { message: { text: string } }[] }[] };
      holds(isSarif(log) === true, 'SARIF fits its schema', () => JSON.stringify(isSarif.errors));
      for (const { message } of log.runs[0]?.results ?? []) {
        holds(!message.text.includes(']('), 'a message has no link', () => message.text);
      }
      seen(sarif);
    } else {
      const [log, plain] = [given, usual].map((one) => [
        renderText(one)
          .split('\n')
          .map((line) => forWorkflowLog(line, 2_000)),
        annotationsOf(one).map(annotate),
      ]) as [[string[], string[]], [string[], string[]]];
      same(
        'a name is a line',
        log
          .flat()
          .join('\n')
          .split(/[\n\r]/).length,
        plain.flat().join('\n').split('\n').length,
      );
      same(
        'the log has no command',
        log[0].filter((line) => /^\s*::|##\[/.test(line)),
        [],
      );
      same('an annotation is one command', log[1].map(commandIn), plain[1].map(commandIn));
      seen(log.flat().join('\n'));
      seen(jsonText(given));
    }
  },
};

function seen(text: string): void {
  holds(!UNSEEN.test(text.replaceAll('\n', '')), 'every character is seen', () => text);
}

/** In any order, since tests are sorted by their names; without the suites. */
function tagsIn(xml: string): string[] {
  return (xml.match(/<\/?[\w:]+/g) ?? []).filter((tag) => !SUITE.test(tag)).sort();
}

/** A name may be that of a workload that the judgement has anyway: then there is one suite less. */
function suitesIn(xml: string): number {
  return (xml.match(/<\/?[\w:]+/g) ?? []).filter((tag) => SUITE.test(tag)).length;
}

/** What a runner takes for a command at a line's beginning, with what stands before its message. */
function commandIn(line: string): string | undefined {
  return /^::([a-z-]+) title=[^:,\n\r]*::[^\n\r]*\n$/.exec(line)?.[1];
}
