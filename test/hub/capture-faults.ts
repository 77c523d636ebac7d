import type { CaptureFaults } from './hub-options.ts';
import { drawOf } from './random.ts';
import type { HubRecord } from './record.ts';

/** The call as a cluster with these faults captures it; undefined: not at all. */
export function asCaptured(
  record: HubRecord,
  { down, clocks, redacted }: CaptureFaults,
): HubRecord | undefined {
  const { ts, node_id, id } = record;
  const lost = down.some(
    ({ node, from, to }) => (node === undefined || node === node_id) && ts >= from && ts <= to,
  );
  if (lost) return undefined;
  return {
    ...record,
    ts: ts + (clocks[node_id] ?? 0),
    ...(drawOf(id) < redacted && {
      req_body: masked(record.req_body),
      resp_body: masked(record.resp_body),
    }),
  };
}

const masked = (body: unknown) => (body === '' || body === undefined ? body : '[redacted]');
