/** Second labels below which a country's registry sells names. */
const SECOND = new Set(
  'co com net org gov edu ac or ne go gob gouv nom ltd plc sch id web'.split(' '),
);

/**
 * The domain that somebody registered, and what stands before it; an approximation of the public
 * suffix list that needs no data: two labels, or three where the second is a registry's.
 */
export function registeredDomain(
  name: string,
): { readonly domain: string; readonly below: string } | undefined {
  const labels = name.split('.');
  const top = labels.at(-1) ?? '';
  const second = labels.at(-2) ?? '';
  const taken = top.length === 2 && SECOND.has(second) ? 3 : 2;
  if (labels.length <= taken) return undefined;
  return { domain: labels.slice(-taken).join('.'), below: labels.slice(0, -taken).join('.') };
}
