import type { OperationChange } from '../compare/view/operations.ts';
import type { Judgement } from '../verdict/judgement.ts';
import { cutTexts } from './cut-texts.ts';
import { forScript, type PageData } from './html-data.ts';
import { cutRows } from './html-rows.ts';

/** How much of each part the page holds; later stages hold less. */
interface Limits {
  readonly findings: number;
  readonly operations: number;
  /** Items of each list of coverage and configuration, edges of the graph. */
  readonly rows: number;
  /** Characters of one text. */
  readonly text: number;
  readonly schemas: boolean;
}

const STAGES: readonly Limits[] = [
  { findings: 5_000, operations: 1_000, rows: 2_000, text: 2_000, schemas: true },
  { findings: 3_000, operations: 600, rows: 1_000, text: 700, schemas: true },
  { findings: 2_000, operations: 400, rows: 500, text: 500, schemas: false },
  { findings: 500, operations: 100, rows: 100, text: 300, schemas: false },
  { findings: 50, operations: 20, rows: 20, text: 200, schemas: false },
  { findings: 5, operations: 0, rows: 0, text: 100, schemas: false },
];

/** As much of a judgement as goes into `maxBytes` of the page, worst findings first. */
export function fitting(judgement: Judgement, maxBytes: number): PageData {
  let data: PageData = { judgement, leftOut: { findings: 0, operations: 0, rows: 0 } };
  for (const limits of STAGES) {
    data = cut(judgement, limits);
    if (Buffer.byteLength(forScript(data)) <= maxBytes) return data;
  }
  return data;
}

function cut(judgement: Judgement, limits: Limits): PageData {
  const { findings, operations, reasons } = judgement;
  const rows = cutRows(judgement, limits.rows);
  const list = operations?.list
    .slice(0, limits.operations)
    .map((one) => withoutSchemas(one, limits));
  const bounded: Judgement = {
    ...judgement,
    ...rows.kept,
    reasons: reasons.slice(0, 200),
    findings: findings.slice(0, limits.findings),
    ...(operations && list && { operations: { ...operations, list } }),
  };
  return {
    judgement: cutTexts(bounded, limits.text),
    leftOut: {
      findings: findings.length - bounded.findings.length,
      operations: (operations?.list.length ?? 0) - (list?.length ?? 0),
      rows: rows.leftOut,
    },
  };
}

function withoutSchemas(one: OperationChange, limits: Limits): OperationChange {
  if (limits.schemas) return one;
  const { schemas: _, ...rest } = one;
  return rest;
}
