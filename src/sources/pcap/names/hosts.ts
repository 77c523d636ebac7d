import { isIP } from 'node:net';
import type { NamedAddress } from './names.ts';

/**
 * Lines in the form of /etc/hosts: an address, then its names, of which the first counts. A port may
 * stand behind the address, `127.0.0.1:8080` or `[::1]:8080`, where several services share one.
 */
export function hostsNames(text: string): NamedAddress[] {
  return text.split('\n').flatMap((line): NamedAddress[] => {
    const [address = '', svc] = line.replace(/#.*/, '').trim().split(/\s+/);
    const place = placeOf(address);
    return place && svc ? [{ ...place, svc }] : [];
  });
}

function placeOf(text: string): { ip: string; port?: number } | undefined {
  if (isIP(text)) return { ip: text };
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text) ?? [];
  const ip = bracketed ?? plain ?? '';
  const port = Number(digits);
  return isIP(ip) && port <= 65_535 ? { ip, port } : undefined;
}
