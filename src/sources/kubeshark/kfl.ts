import { podNames, quote } from '../../calls/kfl.ts';
import { UsageError } from '../../support/errors.ts';
import type { KubesharkOptions } from './options.ts';

const dnsName = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

/**
 * The filter for what the options ask for, in each of the dialects that Kubeshark's documents
 * use, the best documented first. Every entry of a dialect must match. Throws UsageError.
 */
export function scopeFilters(options: KubesharkOptions): readonly (readonly string[])[] {
  const namespaces = (options.namespace ?? []).map((name) => checked('namespace', name));
  const workloads = (options.workload ?? []).map((name) => checked('workload', name));
  const extra = options.kfl === undefined || options.kfl.trim() === '' ? [] : [options.kfl];
  const dialects = [
    [anyOf(namespaces.map(inNamespaces)), anyOf(workloads.map(ofWorkload))],
    [anyOf(namespaces.map(podNamespace)), anyOf(workloads.map(ofService))],
    [anyOf(namespaces.map(plainNamespace)), anyOf(workloads.map(plainName))],
  ];
  const filters = dialects.map((parts) => [...parts.filter((part) => part !== ''), ...extra]);
  return namespaces.length + workloads.length === 0 ? filters.slice(0, 1) : filters;
}

function checked(option: string, name: string): string {
  if (dnsName.test(name)) return name;
  throw new UsageError(`${option} is not a Kubernetes name: ${JSON.stringify(name)}`, {
    hint: 'names have lower-case letters, digits, - and . only; patterns go into kfl',
  });
}

const anyOf = (parts: readonly string[]) => parts.join(' || ');
const inNamespaces = (name: string) => `${quote(name)} in namespaces`;
const podNamespace = (name: string) => onEitherSide('pod.namespace', `== ${quote(name)}`);
const plainNamespace = (name: string) => onEitherSide('namespace', `== ${quote(name)}`);
const plainName = (name: string) => onEitherSide('name', `== ${quote(name)}`);
const ofService = (name: string) => onEitherSide('service.name', `== ${quote(name)}`);

/**
 * Calls from or to a workload. Sources often have no service, so pods count by the names that
 * Kubernetes gives them.
 */
export function ofWorkload(name: string): string {
  const pods = quote(podNames(name));
  return `${ofService(name)} || ${['src', 'dst']
    .map((side) => `${side}.pod.name.matches(${pods})`)
    .join(' || ')}`;
}

function onEitherSide(field: string, condition: string): string {
  return `src.${field} ${condition} || dst.${field} ${condition}`;
}
