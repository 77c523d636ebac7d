import { gzipSync } from 'node:zlib';
import type { Log, Notification } from 'sarif';
import type { Judgement } from '../verdict/judgement.ts';
import { VERSION } from '../version.ts';
import { findingResult, inconclusiveResult } from './sarif-results.ts';
import { sarifRules } from './sarif-rules.ts';
import { counted, grouped } from './words.ts';

/** GitHub refuses files with more results or more bytes (compressed), and shows the first 5,000. */
const MAX_RESULTS = 25_000;
const MAX_BYTES = 10_000_000;
const SHOWN_BY_GITHUB = 5_000;

export interface SarifOptions {
  /** File of the repository that results are shown at, by its path from the root. */
  readonly file: string;
  /** Address of the folder docs/, where it is known. */
  readonly docs?: string | undefined;
  readonly maxResults?: number;
  readonly maxBytes?: number;
}

/**
 * The findings as SARIF 2.1.0, worst first, as GitHub's code scanning takes it. What does not fit into
 * its limits is left out and counted.
 */
export function renderSarif(judgement: Judgement, options: SarifOptions): string {
  const { maxResults = MAX_RESULTS, maxBytes = MAX_BYTES } = options;
  const room = judgement.verdict === 'INCONCLUSIVE' ? maxResults - 1 : maxResults;
  for (let most = Math.min(judgement.findings.length, room); ; most = most >> 1) {
    const text = `${JSON.stringify(logOf(judgement, most, options))}\n`;
    if (most === 0 || fits(text, maxBytes)) return text;
  }
}

function fits(text: string, maxBytes: number): boolean {
  return Buffer.byteLength(text) <= maxBytes || gzipSync(text).length <= maxBytes;
}

function logOf(judgement: Judgement, most: number, { file, docs }: SarifOptions): Log {
  const { findings, verdict } = judgement;
  const uri = file.split('/').map(encodeURIComponent).join('/');
  const results = findings.slice(0, most).map((finding) => findingResult(finding, uri));
  if (verdict === 'INCONCLUSIVE') results.unshift(inconclusiveResult(judgement, uri));
  return {
    $schema:
      'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Wireproof',
            version: VERSION,
            semanticVersion: VERSION,
            rules: sarifRules(docs),
          },
        },
        columnKind: 'utf16CodeUnits',
        automationDetails: { id: 'wireproof/' },
        invocations: [
          { executionSuccessful: true, toolExecutionNotifications: notices(findings.length, most) },
        ],
        results,
        properties: { verdict },
      },
    ],
  };
}

function notices(all: number, kept: number): Notification[] {
  const told: string[] = [];
  if (all > kept) told.push(`${counted(all - kept, 'more finding')} left out: report.json has all`);
  if (kept > SHOWN_BY_GITHUB) {
    told.push(`GitHub shows the first ${grouped(SHOWN_BY_GITHUB)} of ${grouped(kept)} results`);
  }
  return told.map((text) => ({ level: 'warning', message: { text } }));
}
