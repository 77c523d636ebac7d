import { spansOfJsonFile } from '../../../../src/sources/otlp/spans-of-file.ts';
import { otlpDocument } from '../../../../test/support/otlp.ts';
import { readsAlike } from '../../material/otlp-file.ts';
import { SPANS } from '../../material/spans.ts';
import type { Target } from '../../target.ts';

export const target: Target = {
  holds: 'traces in JSON give the same calls however their bytes come; what is no span is counted',
  seeds: () => [
    JSON.stringify(otlpDocument(SPANS)),
    SPANS.slice(0, 3)
      .map((span) => `${JSON.stringify(otlpDocument([span]))}\n`)
      .join(''),
    '{"resourceSpans":[{"resource":{},"scopeSpans":[{"spans":[{"traceId":{},"kind":"SPAN_KIND_SERVER"},1,null]}]}]}',
    '{"resourceMetrics":[]}\n{"resourceSpans":[]}',
  ],
  words: ['toString', '__proto__', 'valueOf', '{"toString":1}'],
  run: (input) => readsAlike(Buffer.from(input), spansOfJsonFile),
};
