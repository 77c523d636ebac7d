import { visible } from '../../support/escape.ts';
import type { Ignored } from '../../verdict/ignored.ts';
import { acceptanceWords, ignoredWords } from '../policy-words.ts';
import { Details } from './details.tsx';
import type { Report } from './report-data.ts';

/** Whether the configuration set anything aside, or has entries that do nothing. */
export function isConfigured({ judgement }: Report): boolean {
  return judgement.ignored !== undefined || judgement.acceptances !== undefined;
}

/** What the configuration set aside, and acceptances that do nothing. */
export function ConfigurationView({ report }: { report: Report }) {
  const { ignored = [], acceptances } = report.judgement;
  return (
    <ul class="problems">
      {ignored.map((one) => (
        <li key={one.entry}>
          {visible(ignoredWords(one), 600)}
          <IgnoredFindings ignored={one} />
        </li>
      ))}
      {acceptanceWords(acceptances).map((line) => (
        <li key={line}>{visible(line, 600)}</li>
      ))}
    </ul>
  );
}

function IgnoredFindings({ ignored: { count, findings } }: { ignored: Ignored }) {
  if (findings.length === 0) return null;
  return (
    <div>
      <Details class="list" summary="Which">
        {() => (
          <ul class="ignored">
            {findings.map((id) => (
              <li key={id}>
                <code>{visible(id, 300)}</code>
              </li>
            ))}
            {count > findings.length && <li class="muted">and {count - findings.length} more</li>}
          </ul>
        )}
      </Details>
    </div>
  );
}
