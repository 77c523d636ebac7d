import { expect, it } from 'vitest';
import { FIELDS, parsePacket } from '../../../src/sources/pcap/packet.ts';

const line = (time: string) =>
  FIELDS.map((field) => {
    if (field === 'frame.time_epoch') return time;
    if (field.startsWith('ip.')) return '10.0.0.1';
    return field.startsWith('udp.') && field.endsWith('port') ? '53' : '';
  }).join('\t');

it.each([
  ['1700000000.000000001', 1_700_000_000_000],
  ['2023-11-14T22:13:20.000000001Z', 1_700_000_000_000],
  ['55\u0001', undefined],
  ['1955-01-01T00:00:00Z', undefined],
  ['', undefined],
])('a packet of the time %j', (time, now) => {
  const packet = parsePacket(line(time));
  if (now === undefined) expect(packet).toBeUndefined();
  else expect(packet?.now).toBeCloseTo(now, 3);
});
