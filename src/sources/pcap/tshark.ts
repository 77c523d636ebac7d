import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CaptureError } from '../../support/errors.ts';
import { visible } from '../../support/escape.ts';
import { inputName } from '../ndjson-bytes.ts';
import { linesOf } from '../ndjson-lines.ts';
import { FIELDS, type Packet, parsePacket } from './packet.ts';

/** Longest line that is kept: a packet holds 256 KiB at most, two digits a byte. */
const MAX_LINE = 2 * 1024 * 1024;
const MAX_SAID = 4096;
const DNS_PORT = 53;
/** Connections' begins and ends, what they carry, and questions for names. */
const FILTER = `(tcp and (tcp.len > 0 or tcp.flags.syn == 1 or tcp.flags.fin == 1 or tcp.flags.reset == 1)) or udp.port == ${DNS_PORT}`;

/** What connections carry is not tshark's to read: without that it is six times faster, in flat memory. */
const ARGUMENTS = [
  '-n',
  ...['-d', 'tcp.port==0-65535,data', '-d', `udp.port==${DNS_PORT},data`],
  ...['-o', 'tcp.desegment_tcp_streams:FALSE', '-o', 'tcp.analyze_sequence_numbers:FALSE'],
  ...['-Y', FILTER, '-T', 'fields', '-E', 'occurrence=l'],
  ...FIELDS.flatMap((field) => ['-e', field]),
];

/** How a reading ended that was not refused. */
export interface TsharkEnd {
  /** What it says of a file that is damaged or cut, or undefined. */
  defect: string | undefined;
}

/**
 * The packets of a capture in the order of the file, or of the stream that has it, in batches. Throws CaptureError where tshark is
 * missing, too old, or can't read the file at all.
 */
export async function* packetsOf(
  path: string,
  end: TsharkEnd,
  stream?: Readable,
): AsyncGenerator<readonly Packet[]> {
  if (!stream) return yield* packetsOfFile(path, path, end);
  // Node's pipes are sockets, which tshark refuses.
  const folder = await mkdtemp(join(tmpdir(), 'wireproof-packets-'));
  try {
    const file = join(folder, 'packets');
    await pipeline(stream, createWriteStream(file));
    yield* packetsOfFile(file, inputName(path), end);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* packetsOfFile(
  path: string,
  name: string,
  end: TsharkEnd,
): AsyncGenerator<readonly Packet[]> {
  // A name that begins with a dash would be an option, one of a dash alone stdin.
  const file = path.startsWith('-') ? `./${path}` : path;
  const child = spawn('tshark', [...ARGUMENTS, '-r', file], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LC_ALL: 'C', TZ: 'UTC' },
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-MAX_SAID);
  });
  const ended = endOf(child);
  // Whoever leaves early has no one to tell.
  ended.catch(() => undefined);
  let count = 0;
  try {
    for await (const lines of linesOf(child.stdout, MAX_LINE)) {
      const packets: Packet[] = [];
      for (const { text, tooLong } of lines) {
        const packet = tooLong ? undefined : parsePacket(text);
        if (packet) packets.push(packet);
      }
      count += packets.length;
      yield packets;
    }
    const code = await ended;
    if (code === 0) return;
    const reason = lastWords(said) || `it ended with ${code}`;
    if (count === 0) throw refusal(name, reason);
    end.defect = reason;
  } finally {
    child.kill('SIGKILL');
  }
}

function endOf(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => {
      const { code } = cause as NodeJS.ErrnoException;
      reject(
        new CaptureError(
          code === 'ENOENT'
            ? 'captures of packets are read with tshark, which is not installed'
            : `tshark did not start: ${code ?? cause.message}`,
          { hint: 'install the package tshark (apt-get install tshark)', cause },
        ),
      );
    });
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'nothing'));
  });
}

/** What tshark said last, without what it says to every superuser. */
function lastWords(said: string): string {
  const lines = said
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^Running as user/.test(line));
  return visible((lines.at(-1) ?? '').replace(/^tshark: /, '').trim(), 300);
}

function refusal(path: string, reason: string): CaptureError {
  if (/aren't valid|isn't a valid|invalid option|unrecognized option/i.test(reason)) {
    return new CaptureError(`cannot read ${path}: this tshark is too old (${reason})`, {
      hint: 'version 3.6 or newer is needed, as in Debian 12 and Ubuntu 22.04',
    });
  }
  return new CaptureError(`cannot read ${path}: tshark says: ${reason}`, {
    hint: 'check what wrote it; `capinfos FILE` tells what it holds',
  });
}
