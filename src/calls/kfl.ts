/** Pieces of KFL, Kubeshark's filter language (a dialect of CEL). */

/** A string literal of KFL (CEL's, of which JSON's is a subset). */
export function quote(value: string): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A regular expression for the names that Kubernetes gives the pods of a workload. */
export function podNames(workload: string): string {
  const word = '[bcdfghjklmnpqrstvwxz2456789]';
  const escaped = workload.replaceAll('.', '\\.');
  return `^${escaped}(-([0-9]+|([a-z0-9]{5,10}-)?${word}{5}))?$`;
}
