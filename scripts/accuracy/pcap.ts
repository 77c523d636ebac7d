import { execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { relative } from 'node:path';
import { readPcap } from '../../src/sources/pcap/read-pcap.ts';
import { CaptureError } from '../../src/support/errors.ts';

/** A field of tshark that each request of a protocol has once. */
const REQUESTS: Readonly<Record<string, string>> = {
  http: 'http.request.method',
  grpc: 'grpc.message_length',
  dns: 'dns.id',
  mysql: 'mysql.query',
  postgresql: 'pgsql.query',
  redis: 'resp.array_length',
  mongodb: 'mongo.request_id',
  kafka: 'kafka.correlation_id',
  amqp: 'amqp.method.method',
  ws: 'websocket.opcode',
};

/**
 * Reads every capture of packets in a folder (`node scripts/accuracy/pcap.ts FOLDER`) and prints, a line
 * a file, the calls by protocol beside how often tshark's own dissectors found the field that tells them.
 */
const [folder = '.'] = process.argv.slice(2);
for (const file of globSync(`${folder}/**/*.{pcap,pcapng,cap,trace,gz}`).sort()) {
  process.stdout.write(`${relative(folder, file)}: ${await line(file)}\n`);
}

async function line(file: string): Promise<string> {
  const { observations, problems } = readPcap(file);
  const calls = new Map<string, number>();
  let bad = 0;
  try {
    for await (const one of observations) {
      if (one.kind === 'bad') bad++;
      else calls.set(one.call.protocol, (calls.get(one.call.protocol) ?? 0) + 1);
    }
  } catch (error) {
    if (error instanceof CaptureError) return error.message;
    throw error;
  }
  const told = [...calls].map(([protocol, count]) => {
    const field = REQUESTS[protocol];
    return `${protocol} ${count} (tshark ${field === undefined ? '?' : occurrences(file, field)})`;
  });
  return [...told, `bad ${bad}`, ...problems.map(({ code }) => code)].join(', ');
}

function occurrences(file: string, field: string): number {
  const fields = ['-T', 'fields', '-E', 'occurrence=a', '-E', 'aggregator=|', '-e', field];
  try {
    const text = execFileSync('tshark', ['-n', '-r', file, ...fields], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 2 ** 28,
    });
    return text.split(/[|\n]/).filter((value) => value !== '').length;
  } catch {
    // Files that end inside a packet: what was told of the others is not kept.
    return Number.NaN;
  }
}
