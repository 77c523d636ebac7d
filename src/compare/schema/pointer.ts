/** A property's name as a step of a JSON pointer (RFC 6901). */
export function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

export function unescapePointer(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** The name nearest to what a pointer points at: of a list or map, where that is one of its items. */
export function nameIn(pointer: string): string {
  const steps = pointer.split('/').filter((step) => step !== '*');
  return unescapePointer(steps.at(-1) ?? '');
}

/** The parent's pointer and the last step; undefined for the root. */
export function splitPointer(pointer: string): { parent: string; name: string } | undefined {
  const at = pointer.lastIndexOf('/');
  if (at < 0) return undefined;
  return { parent: pointer.slice(0, at), name: unescapePointer(pointer.slice(at + 1)) };
}
