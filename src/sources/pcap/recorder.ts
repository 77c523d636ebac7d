import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { CaptureError, UsageError } from '../../support/errors.ts';
import { visible } from '../../support/escape.ts';

/** What comes out of the kernel's buffer after the last call, ms. */
const SETTLE_MS = 1_500;
/** A recorder that does not listen by then never will, ms. */
const START_MS = 10_000;
const MAX_SAID = 4_096;

type Child = ChildProcessByStdio<null, Readable, Readable>;

interface Program {
  readonly name: string;
  readonly arguments: (device: string, filter: string | undefined) => readonly string[];
}

/** Both write to standard output, whole packets, as they come; the first that may capture is taken. */
const PROGRAMS: readonly Program[] = [
  {
    name: 'tcpdump',
    arguments: (device, filter) => [
      ...['-i', device, '-n', '-s', '0', '-B', '65536', '-U', '-w', '-'],
      ...(filter === undefined ? [] : ['--', filter]),
    ],
  },
  {
    name: 'dumpcap',
    arguments: (device, filter) => [
      ...['-i', device, '-s', '0', '-B', '64', '-q', '-w', '-'],
      ...(filter === undefined ? [] : ['-f', filter]),
    ],
  },
];

/** A recording that runs. */
export interface Recording {
  /**
   * Ends it once all that was sent is written; how many packets the kernel had to drop, where told.
   * Rejects with the system's error where the file can't be written.
   */
  stop(): Promise<number>;
  /** Ends it at once. */
  kill(): void;
}

/**
 * Records the packets of an interface into a file, and comes back once it listens. Throws CaptureError
 * that names the privilege that is missing, UsageError for an interface or a filter that is none.
 */
export async function startRecording(
  file: string,
  device: string,
  filter: string | undefined,
): Promise<Recording> {
  const failures: Failure[] = [];
  for (const program of PROGRAMS) {
    const started = await start(program, device, filter);
    if (!('said' in started)) return recording(started, file);
    failures.push(started);
  }
  throw failureOf(failures, device, filter);
}

interface Failure {
  readonly program: string;
  /** Its words; undefined where it is not installed. */
  readonly said: string | undefined;
}

interface Started {
  readonly child: Child;
  readonly first: Buffer;
  readonly words: () => string;
}

async function start(
  program: Program,
  device: string,
  filter: string | undefined,
): Promise<Started | Failure> {
  const child = spawn(program.name, [...program.arguments(device, filter)], {
    // Of its own group: a Ctrl-C is for the command first, whose last packets count.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-MAX_SAID);
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), START_MS);
  // The head of the file is written once the interface is open and the filter is set.
  const first = await new Promise<Buffer | 'missing' | undefined>((resolve) => {
    child.once('error', () => resolve('missing'));
    child.once('close', () => resolve(undefined));
    child.stdout.once('data', (chunk: Buffer) => {
      child.stdout.pause();
      resolve(chunk);
    });
  });
  clearTimeout(timer);
  if (first === 'missing') return { program: program.name, said: undefined };
  if (first === undefined) return { program: program.name, said: said || 'it does not listen' };
  return { child, first, words: () => said };
}

function recording({ child, first, words }: Started, file: string): Recording {
  const gone = once(child, 'close');
  child.stdout.unshift(first);
  const written = pipeline(child.stdout, createWriteStream(file, { mode: 0o600 }));
  // Told by `stop`.
  written.catch(() => child.kill('SIGKILL'));
  return {
    stop: async () => {
      await sleep(SETTLE_MS);
      child.kill('SIGINT');
      await gone;
      await written;
      return droppedIn(words());
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}

/** What either says when it ends: `3 packets dropped by kernel`, `…: 100/3 (pcap:3/…)`. */
function droppedIn(said: string): number {
  const [, dropped] =
    /(\d+) packets? dropped by kernel/.exec(said) ??
    /received\/dropped [^\n]*: \d+\/(\d+)/.exec(said) ??
    [];
  return Number(dropped ?? 0);
}

function failureOf(
  failures: readonly Failure[],
  device: string,
  filter: string | undefined,
): CaptureError | UsageError {
  const spoken = failures.filter(({ said }) => said !== undefined);
  const [first] = spoken;
  if (!first) {
    return new CaptureError(
      'packets are recorded with tcpdump or dumpcap, and neither is installed',
      {
        hint: 'install the package tcpdump (apt-get install tcpdump)',
      },
    );
  }
  const all = spoken.map(({ said }) => said).join('\n');
  if (/permission|not permitted|privilege/i.test(all)) {
    return new CaptureError(
      `cannot record on ${visible(device, 64)}: it takes the right to see all packets`,
      {
        hint: `run it as root, or give ${first.program} the capabilities: sudo setcap cap_net_raw,cap_net_admin=eip "$(command -v ${first.program})"`,
      },
    );
  }
  const reason = visible(reasonIn(first), 300);
  if (/filter expression|syntax error/i.test(all)) {
    return new UsageError(`--filter ${visible(filter ?? '', 80)}: ${reason}`, {
      hint: 'it is a capture filter, such as: tcp port 8080 (man pcap-filter)',
    });
  }
  if (/no such device|isn't up|doesn't exist|SIOCETHTOOL/i.test(all)) {
    return new UsageError(`--interface ${visible(device, 64)}: ${reason}`, {
      hint: `${first.program} -D lists the interfaces`,
    });
  }
  return new CaptureError(
    `cannot record on ${visible(device, 64)}: ${first.program} says: ${reason}`,
  );
}

function reasonIn({ program, said = '' }: Failure): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '');
  const own = lines.find((line) => line.startsWith(`${program}: `));
  return (own ?? lines.at(-1) ?? '').replace(`${program}: `, '').trim();
}
