import { zstdCompressSync } from 'node:zlib';
import { spansOfFramedFile } from '../../../../src/sources/otlp/spans-of-file.ts';
import { framed, otlpProto } from '../../../../test/support/otlp.ts';
import { readsAlike } from '../../material/otlp-file.ts';
import { SPANS } from '../../material/spans.ts';
import type { Target } from '../../target.ts';

export const target: Target = {
  holds:
    'traces in protobuf give the same calls however their bytes come; what is no span is counted',
  seeds: () => [
    framed([otlpProto(SPANS)]),
    framed(SPANS.map((span) => otlpProto([span]))),
    framed([zstdCompressSync(otlpProto(SPANS.slice(0, 2))), otlpProto(SPANS.slice(2, 4))]),
    framed([Buffer.from('{"resourceSpans":[]}')]),
  ],
  run: (input) => readsAlike(Buffer.from(input), spansOfFramedFile),
};
