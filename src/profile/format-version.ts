/** Brings a document of one version to the current form. */
export type Upgrade = (document: object) => object;

/** Versions that can be read, each with its upgrade; the largest is the one that is written. */
export type Versions = ReadonlyMap<number, Upgrade>;

/** The upgrade of the current version. */
export const asItIs: Upgrade = (document) => document;

/** The document was written by a later version of Wireproof than this one. */
export class NewerFormatError extends RangeError {
  constructor(key: string, version: number, current: number) {
    super(
      `it was written by a newer Wireproof (${key} ${version}; this one reads up to ${current})`,
    );
    this.name = new.target.name;
  }
}

/**
 * A document in the current form, whichever known version its `key` tells. What is no document of any
 * version is given back for its schema to refuse. Throws NewerFormatError.
 */
export function upgraded(json: unknown, key: string, versions: Versions): unknown {
  if (typeof json !== 'object' || json === null) return json;
  const version: unknown = (json as Record<string, unknown>)[key];
  if (!Number.isSafeInteger(version)) return json;
  const current = Math.max(...versions.keys());
  if ((version as number) > current) throw new NewerFormatError(key, version as number, current);
  return versions.get(version as number)?.(json) ?? json;
}
