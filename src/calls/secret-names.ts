import { fitsGlob } from '../support/glob.ts';

/** Case and joints don't matter: `X-Tenant-Key` is `xTenantKey`. */
const plain = (name: string, joints: RegExp) =>
  name.slice(0, 256).toLowerCase().replace(joints, '');

/** Whether a field or header bears one of the names that a user calls secret; stars are any text. */
export function secretNames(names: readonly string[]): (name: string) => boolean {
  const patterns = names.map((name) => plain(name, /[^\p{L}\p{N}*]/gu));
  return (name) => {
    const told = plain(name, /[^\p{L}\p{N}]/gu);
    return patterns.some((pattern) => fitsGlob(pattern, told));
  };
}
