/** Counts of bodies as profiles hold them: `unseen` stands there only where a source shows no bodies. */
export function seenOnly<T extends { readonly unseen: number }>(
  counts: T,
): Omit<T, 'unseen'> & { unseen?: number } {
  const { unseen, ...others } = counts;
  return unseen === 0 ? others : { ...others, unseen };
}
