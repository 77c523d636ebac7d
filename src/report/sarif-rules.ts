import type { ReportingDescriptor, Result } from 'sarif';
import type { Severity } from '../compare/finding.ts';
import { RULES, type Rule } from '../compare/rules.ts';

export const LEVELS = {
  breaking: 'error',
  warning: 'warning',
  info: 'note',
} as const satisfies Record<Severity, Result.level>;

/** How GitHub ranks what is no security problem. */
const PROBLEMS = { breaking: 'error', warning: 'warning', info: 'recommendation' } as const;

/** The rule by which an INCONCLUSIVE verdict is a result: without one it would look like a pass. */
export const INCONCLUSIVE = 'verdict.inconclusive';

/** Every rule that a result may name. `docs`: address of the folder with the pages about them. */
export function sarifRules(docs: string | undefined): ReportingDescriptor[] {
  const rules = [...RULES].map(([id, rule]) =>
    descriptor(id, rule, docs && `${docs}/rules.md#${id.replaceAll('.', '')}`),
  );
  return [...rules, descriptor(INCONCLUSIVE, UNDECIDED, docs && `${docs}/verdict.md`)];
}

const UNDECIDED: Pick<Rule, 'category' | 'weight' | 'means' | 'why' | 'advice'> = {
  category: 'coverage',
  weight: 'breaking',
  means: 'No breaking difference was found, but too little was seen to call it a PASS.',
  why: 'What was not seen may be broken.',
  advice: 'See the reasons: capture longer, run more of the scenario, or mend the capture.',
};

function descriptor(id: string, rule: Rule, helpUri: string | undefined): ReportingDescriptor {
  const { category, weight, means, why, advice } = rule;
  const severity = (/^(breaking|warning|info)/.exec(weight)?.[1] ?? 'warning') as Severity;
  return {
    id,
    name: id,
    shortDescription: { text: means },
    fullDescription: { text: `${means} ${why}` },
    help: {
      text: `${means} ${why} What to do: ${advice}`,
      markdown: `${means} ${why}\n\n**Severity:** ${weight}\n\n**What to do:** ${advice}`,
    },
    ...(helpUri !== undefined && { helpUri }),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: [category], 'problem.severity': PROBLEMS[severity] },
  };
}
