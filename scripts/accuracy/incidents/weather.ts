import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** P95 of the health checks of a capture, ms: on a machine that has time for them a few. */
export async function healthCheckP95(capture: string): Promise<number> {
  const latencies: number[] = [];
  for await (const line of createInterface({ input: createReadStream(capture) })) {
    const { path, latency_ms } = JSON.parse(line) as { path: string; latency_ms?: number };
    if (path === '/healthz' && latency_ms !== undefined) latencies.push(latency_ms);
  }
  latencies.sort((a, b) => a - b);
  return latencies[Math.floor(0.95 * latencies.length)] ?? 0;
}
