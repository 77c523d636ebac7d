import { addressClass, isAddress } from '../../calls/address.ts';
import { amount, port } from '../record-fields.ts';
import { type RecordSide, serverSide } from '../server-name.ts';
import type { Attributes } from './span.ts';

/** The server that a client span names: a service, a host or an address. */
export function serverOf(attributes: Attributes): RecordSide {
  const service = attributes['peer.service'];
  if (service) return { svc: service };
  const url = URL.parse(attributes['url.full'] ?? attributes['http.url'] ?? '');
  const host =
    url?.hostname ||
    attributes['server.address'] ||
    attributes['net.peer.name'] ||
    attributes['http.host']?.replace(/:\d+$/, '');
  const listens = port(
    amount(attributes['server.port'] ?? attributes['net.peer.port']) ?? portOf(url),
  );
  const address = [
    attributes['network.peer.address'],
    attributes['net.sock.peer.addr'],
    attributes['net.peer.ip'],
  ].find((one) => addressClass(one) !== 'unknown');
  const side = serverSide(host, listens, address);
  // Records name a host in a header, which spans mostly don't have.
  if (side.svc !== undefined || host === undefined || isAddress(host)) return side;
  return { ...side, svc: host };
}

function portOf(url: URL | null): number | undefined {
  if (!url) return undefined;
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/** The client of which a server span knows no more than an address. */
export function callerAddress(attributes: Attributes): RecordSide {
  const ip = [
    attributes['client.address'],
    attributes['http.client_ip'],
    attributes['network.peer.address'],
    attributes['net.sock.peer.addr'],
    attributes['net.peer.ip'],
  ].find((one) => addressClass(one) !== 'unknown');
  return { ip };
}
