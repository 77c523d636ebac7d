import type { Call } from './call.ts';

/** Protocols whose calls are readable only in plain text, or inside TLS that was opened. */
const HTTP = new Set('http https http2 grpc graphql gql ws websocket'.split(' '));
const OTHERS = new Set(
  'redis postgresql postgres pgsql mysql mariadb mongodb mongo kafka amqp ldap'.split(' '),
);
/** Ports on which IANA or custom has TLS from the first byte. */
const TLS_PORTS = new Set([
  443, 465, 563, 636, 853, 989, 990, 993, 995, 2376, 3269, 4443, 5061, 5671, 6380, 6443, 6514, 6697,
  8443, 8883, 9093, 9443, 10250,
]);
const HTTP_PORTS = new Set([80, 591, 8000, 8008, 8080, 8081, 8888, 3128]);

/**
 * Whether a readable call went over the network in plain text: `yes` on a port for plain HTTP, or
 * where it says so itself; `no` on a port for TLS, since what is readable there was decrypted in
 * place, and where the protocol is no such; else `perhaps`: TLS may begin on any port, and stores
 * begin it inside of their protocol.
 */
export function plainText({ protocol, dst, requestHeaders }: Call): 'yes' | 'perhaps' | 'no' {
  const { port } = dst;
  if (OTHERS.has(protocol)) return port === undefined || TLS_PORTS.has(port) ? 'no' : 'perhaps';
  if (!HTTP.has(protocol) || protocol === 'https') return 'no';
  const scheme = requestHeaders.get(':scheme');
  if (scheme === 'https') return 'no';
  if (port === undefined || TLS_PORTS.has(port)) return 'no';
  return scheme === 'http' || HTTP_PORTS.has(port) ? 'yes' : 'perhaps';
}
