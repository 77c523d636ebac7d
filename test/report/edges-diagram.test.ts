import { describe, expect, test } from 'vitest';
import type { Edge } from '../../src/compare/edges.ts';
import { renderDot, renderMermaid } from '../../src/report/edges-diagram.ts';

const hostile = 'a"]; click n0 "javascript:alert(1)" %% <b>\u001b[31m\u202e`|{}\\';

const edges: Edge[] = [
  { from: 'gateway GET /a', caller: 'gateway', to: 'db SELECT ?', calls: 6, perHandledCall: 3 },
  { from: null, caller: 'worker', to: 'db SELECT ?', calls: 4, perHandledCall: null },
  { from: hostile, caller: 'x', to: `${hostile}2`, calls: 1, perHandledCall: 1 },
];

describe('Mermaid', () => {
  test('has each operation once and each edge with its calls', () => {
    const lines = renderMermaid(edges).split('\n');
    expect(lines.slice(0, 3)).toEqual([
      'flowchart LR',
      '  n0["gateway GET /a"]',
      '  n1["db SELECT #63;"]',
    ]);
    expect(lines).toContain('  n0 -->|"3 a call"| n1');
    expect(lines).toContain('  n2 -->|"4 calls"| n1');
  });

  test('lets no name out of its label', () => {
    for (const line of renderMermaid(edges).trimEnd().split('\n').slice(1)) {
      expect(line).toMatch(/^ {2}n\d+(\["[^"<>`|{}[\]\\]*"\]| -->\|"[^"<>`|{}[\]\\]*"\| n\d+)$/);
    }
  });
});

test('DOT lets no name out of its label', () => {
  for (const line of renderDot(edges).trimEnd().split('\n').slice(3, -1)) {
    expect(line).toMatch(/^ {2}n\d+( -> n\d+)? \[label="(?:[^"\\]|\\["\\])*"\];$/);
  }
});
