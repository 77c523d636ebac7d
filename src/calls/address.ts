/** Where an address belongs. Private and carrier-grade ranges are `inside`: clusters use both. */
export type AddressClass = 'loopback' | 'inside' | 'outside' | 'unknown';

const V4 = /^(?:::ffff:)?(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/i;

const MAX_CACHED = 10_000;
const classes = new Map<string, AddressClass>();

/** Classifies an IPv4 or IPv6 address (RFC 1918, 6598, 3927, 4193, 4291); `unknown` if it is none. */
export function addressClass(ip: string | undefined): AddressClass {
  if (ip === undefined) return 'unknown';
  let known = classes.get(ip);
  if (known === undefined) {
    if (classes.size >= MAX_CACHED) classes.clear();
    known = classOf(ip);
    classes.set(ip, known);
  }
  return known;
}

function classOf(ip: string): AddressClass {
  const v4 = V4.exec(ip);
  if (v4) return classOfV4(Number(v4[1]), Number(v4[2]));
  if (!/^[0-9a-f:.%]*:[0-9a-z:.%]*$/i.test(ip)) return 'unknown';
  if (ip === '::1') return 'loopback';
  return /^f[cd]|^fe[89ab]/i.test(ip) ? 'inside' : 'outside';
}

function classOfV4(a: number, b: number): AddressClass {
  if (a === 127) return 'loopback';
  const inside =
    a === 10 ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && b === 168) ||
    (a === 100 && b >= 64 && b <= 127) ||
    (a === 169 && b === 254);
  return inside ? 'inside' : 'outside';
}

/** Whether text is an address rather than a name. */
export function isAddress(text: string): boolean {
  return V4.test(text) || text.includes(':');
}
