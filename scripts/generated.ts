import { readFileSync, writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { configJsonSchema } from '../src/commands/config/schema.ts';
import { optionHelp, optionUsage } from '../src/commands/help.ts';
import { optionNames, optionOf } from '../src/commands/options.ts';
import { ACTION_INPUTS } from '../src/github/action-inputs.ts';
import { GITHUB_INPUTS } from '../src/github/github-inputs.ts';

/** Files, or parts of them, that are made from the table of options; tests hold them to it. */

const BEGIN = '<!-- options: made by `npm run docs` -->';
const END = '<!-- /options -->';
const GITHUB_BEGIN = '<!-- github inputs: made by `npm run docs` -->';
const GITHUB_END = '<!-- /github inputs -->';

/** The whole of action.yml. No option has a default there: the configuration file may set it. */
export function actionYaml(): string {
  const head = {
    name: 'Wireproof',
    description: 'Proves from the network that a deployment changed nothing it should not have.',
    author: 'Wireproof',
    branding: { icon: 'check-circle', color: 'green' },
  };
  const inputs = [...ACTION_INPUTS].map(([name, description]) => [
    name,
    {
      description,
      required: name === 'mode',
      ...(name === 'github-token' && { default: GITHUB_INPUTS[name].default }),
    },
  ]);
  const outputs = {
    verdict: { description: 'PASS, FAIL or INCONCLUSIVE (modes verify and compare)' },
    findings: { description: 'how many findings there are' },
    alerts: { description: 'how many alerts fire, but those that are silenced (mode monitor)' },
    hypothesis: { description: 'what happened, in one sentence (mode investigate)' },
    origin: { description: 'the workload where it began, where one is named (mode investigate)' },
    onset: { description: 'when it began, ISO 8601, where that is known (mode investigate)' },
    abstained: {
      description: 'true where there is not enough evidence to name an origin (mode investigate)',
    },
    report: { description: 'path of report.md, with report-dir' },
    profile: { description: 'path of the profile, in mode baseline' },
    junit: { description: 'path of report.junit.xml, with report-dir' },
    sarif: { description: 'path of report.sarif, with report-dir' },
    evidence: { description: 'path of the packets kept by evidence-pcap, where there are any' },
  };
  const runs = { using: 'node24', main: 'dist/action.js' };
  return stringify(
    { ...head, inputs: Object.fromEntries(inputs), outputs, runs },
    { lineWidth: 0 },
  );
}

/** The README's table of options. */
export function optionsTable(): string {
  const rows = optionNames.map((name) => {
    const input = ACTION_INPUTS.has(name) && optionOf(name).input !== false ? `\`${name}\`` : '–';
    const cells = [
      `\`${optionUsage(name)}\``,
      optionOf(name).verbs.join(', '),
      input,
      optionHelp(name),
    ];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return [
    '| option | verbs | input of the Action | meaning (default) |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** The README's table of what the Action alone takes. */
function gitHubTable(): string {
  const rows = Object.entries(GITHUB_INPUTS).map(
    ([name, { help, modes }]) => `| \`${name}\` | ${modes.join(', ')} | ${help} |`,
  );
  return ['| input | modes | meaning (default) |', '| --- | --- | --- |', ...rows].join('\n');
}

/** The README with its tables put in. Throws where the marks are missing. */
export function withOptions(readme: string): string {
  return put(put(readme, BEGIN, END, optionsTable()), GITHUB_BEGIN, GITHUB_END, gitHubTable());
}

function put(readme: string, beginMark: string, endMark: string, table: string): string {
  const begin = readme.indexOf(beginMark);
  const end = readme.indexOf(endMark);
  if (begin < 0 || end < begin) throw new Error(`README.md lacks ${beginMark} … ${endMark}`);
  return `${readme.slice(0, begin)}${beginMark}\n\n${table}\n\n${readme.slice(end)}`;
}

/** The JSON Schema of the configuration file. */
export function configSchemaText(): string {
  return `${JSON.stringify(configJsonSchema(), null, 2)}\n`;
}

if (import.meta.main) {
  writeFileSync('action.yml', actionYaml());
  writeFileSync('docs/schema/config.schema.json', configSchemaText());
  writeFileSync('README.md', withOptions(readFileSync('README.md', 'utf8')));
}
