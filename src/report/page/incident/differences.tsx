import type { Finding } from '../../../compare/finding.ts';
import { findingId } from '../../../compare/finding-id.ts';
import { Details } from '../details.tsx';
import { FindingHead } from '../finding-card.tsx';
import { FindingEvidence } from '../finding-evidence.tsx';
import { FindingFacts } from '../finding-facts.tsx';
import { countsAs } from '../weight.ts';

/** What the gate's checks find different from the known-good traffic, of what is named above. */
export function Differences({ findings }: { findings: readonly Finding[] }) {
  return (
    <div class="findings">
      {findings.map((finding) => (
        <Details
          key={findingId(finding)}
          class={`finding ${countsAs(finding)}`}
          summary={<FindingHead finding={finding} effects={0} />}
        >
          {() => (
            <div class="finding-body">
              <FindingFacts finding={finding} />
              <FindingEvidence finding={finding} />
            </div>
          )}
        </Details>
      ))}
    </div>
  );
}
