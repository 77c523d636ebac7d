import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Calls by protocol. */
export type Counts = Map<string, number>;

/** How tshark names what is spoken, where it is to be told of a port; what it finds by itself is left out. */
const DISSECTORS: Readonly<Record<string, string>> = {
  http: 'http',
  http2: 'http2',
  grpc: 'http2',
  mysql: 'mysql',
  postgresql: 'pgsql',
  redis: 'resp',
  mongodb: 'mongo',
  kafka: 'kafka',
  amqp: 'amqp',
};

const FIELDS = [
  'frame.protocols',
  'tcp.dstport',
  'http.request.method',
  'http2.headers.method',
  'http2.headers.content_type',
  'websocket.opcode',
  'pgsql.type',
  'mysql.command',
  'resp.array.length',
  'resp.reassembled_in_next_frame',
  'mongo.opcode',
  'mongo.response_to',
  'kafka.request_key',
  'amqp.method.class',
  'amqp.method.method',
  'dns.flags.response',
  'dns.retransmit_request',
] as const;

type Field = (typeof FIELDS)[number];
type Packet = Readonly<Record<Field, readonly string[]>>;

/** Queries, and the commands of prepared ones; those of the connection are no calls. */
const MYSQL_CALLS = new Set(['2', '3', '23']);
const POSTGRESQL_CALLS = new Set(['Simple query', 'Execute']);
/** Methods that ask for something, or bring a message, by class and number. */
const AMQP_CALLS = new Set(
  '40.10 40.20 50.10 50.20 50.30 50.40 60.20 60.40 60.50 60.60 60.70 90.20 90.30'.split(' '),
);

/** Forms of old requests, and messages that answer nothing. */
const MONGODB_CALL = /^200|^201[023] answers 0(?:x0+)?$/;

/**
 * How many calls tshark's own dissectors find in a capture. `ports`: what is spoken on which, by our
 * own reading, since it knows most protocols by their usual port alone.
 */
export async function tsharkCounts(
  file: string,
  ports: ReadonlyMap<number, ReadonlySet<string>>,
): Promise<Counts> {
  const told = [...ports].flatMap(([port, protocols]) => {
    const names = new Set([...protocols].flatMap((one) => DISSECTORS[one] ?? []));
    const [name] = names;
    return name !== undefined && names.size === 1 ? ['-d', `tcp.port==${port},${name}`] : [];
  });
  const { stdout } = await promisify(execFile)(
    'tshark',
    [
      ...['-n', '-r', file, ...told, '-o', 'tcp.reassemble_out_of_order:TRUE'],
      // As long as a question waits here for its answer.
      ...['-o', 'dns.retransmission_timer:30'],
      ...['-T', 'fields', '-E', 'occurrence=a', '-E', 'aggregator=|'],
      ...FIELDS.flatMap((field) => ['-e', field]),
    ],
    { encoding: 'utf8', maxBuffer: 2 ** 28 },
  ).catch((error: { stdout?: string }) => {
    // A file that ends inside a packet: what was read before is there.
    if (typeof error.stdout !== 'string') throw error;
    return { stdout: error.stdout };
  });
  const counts: Counts = new Map();
  for (const line of stdout.split('\n')) {
    const cells = line.split('\t');
    const packet = Object.fromEntries(
      FIELDS.map((field, at) => [field, (cells[at] ?? '').split('|').filter(Boolean)]),
    ) as unknown as Packet;
    for (const [protocol, count] of callsIn(packet, ports)) {
      if (count > 0) counts.set(protocol, (counts.get(protocol) ?? 0) + count);
    }
  }
  return counts;
}

function callsIn(
  packet: Packet,
  ports: ReadonlyMap<number, ReadonlySet<string>>,
): readonly (readonly [protocol: string, count: number])[] {
  const spoken = new Set(packet['frame.protocols'].join(':').split(':'));
  const toPort = Number(packet['tcp.dstport'][0]);
  const isToRedis = toPort === 6379 || (ports.get(toPort)?.has('redis') ?? false);
  const among = (field: Field, wanted: ReadonlySet<string>) =>
    packet[field].filter((value) => wanted.has(value)).length;
  const streams = packet['http2.headers.method'].length;
  const isGrpc = packet['http2.headers.content_type'].some((type) =>
    /^application\/grpc/.test(type),
  );
  const { 'resp.array.length': arrays, 'resp.reassembled_in_next_frame': unfinished } = packet;
  const methods = packet['amqp.method.class'].map(
    (classId, at) => `${classId}.${packet['amqp.method.method'][at]}`,
  );
  const isQuoted = spoken.has('icmp') || spoken.has('icmpv6');
  const isQuestion =
    spoken.has('dns') &&
    !isQuoted &&
    !['http', 'http2'].some((one) => spoken.has(one)) &&
    packet['dns.retransmit_request'].length === 0;
  const mongo = packet['mongo.opcode'].map(
    (code, at) => `${code} answers ${packet['mongo.response_to'][at]}`,
  );
  return [
    ['http', spoken.has('tcp') && !isQuoted ? packet['http.request.method'].length : 0],
    [isGrpc ? 'grpc' : 'http2', streams],
    ['ws', among('websocket.opcode', new Set(['1', '2']))],
    ['postgresql', among('pgsql.type', POSTGRESQL_CALLS)],
    ['mysql', among('mysql.command', MYSQL_CALLS)],
    ['redis', isToRedis ? arrays.length - unfinished.length : 0],
    ['mongodb', mongo.filter((one) => MONGODB_CALL.test(one)).length],
    ['kafka', packet['kafka.request_key'].length],
    ['amqp', methods.filter((one) => AMQP_CALLS.has(one)).length],
    ['dns', isQuestion ? among('dns.flags.response', new Set(['0', 'False'])) : 0],
  ];
}
