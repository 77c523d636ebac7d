import { writeFileSync } from 'node:fs';
import { ANSWERS, type Answer } from './oasdiff-answers.ts';
import known from './oasdiff-ids.json' with { type: 'json' };

/** `docs/oasdiff.md`, made from the ids of oasdiff's rules and our answers to them. */

export const { version, ids } = known;

/** The answers that fit an id; one, or the table is wrong. */
export function answersOf(id: string): Answer[] {
  return ANSWERS.filter((answer) => answer.ids.test(id));
}

/** The whole page. Throws where an id has no answer. */
export function oasdiffPage(): string {
  const rows = ids.map((id) => {
    const [answer] = answersOf(id);
    if (!answer) throw new Error(`no answer to ${id}`);
    const { rules, words } = answer;
    const links = rules.map((rule) => `[\`${rule}\`](rules.md#${rule.replaceAll('.', '')})`);
    const when = words.charAt(0).toUpperCase() + words.slice(1);
    return `| \`${id}\` | ${links.join(', ') || 'not shown by traffic'} | ${when}. |`;
  });
  const shown = ids.filter((id) => (answersOf(id)[0]?.rules.length ?? 0) > 0).length;
  return `# oasdiff's breaking changes, seen in traffic

Made by \`npm run docs\`. [oasdiff](https://github.com/oasdiff/oasdiff) compares two written OpenAPI documents; Wireproof compares what two versions were seen to do. The table holds each of the ${ids.length} rules that oasdiff ${version} takes for an error by default (level ERR), and which of [our rules](rules.md) finds the same change: ${shown} of them, once calls meet it. The other ${ids.length - shown} can't be told from calls.

Two things differ by nature. A change that nothing exercises is not seen: it is told as not covered, never as a PASS of that operation. And a request that a server newly refuses is seen by the refusal, whatever made the server refuse it.

| oasdiff | found as | when |
| --- | --- | --- |
${rows.join('\n')}
`;
}

if (import.meta.main) writeFileSync('docs/oasdiff.md', oasdiffPage());
