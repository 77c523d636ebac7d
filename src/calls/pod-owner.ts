/**
 * The controller behind a pod's name, by the naming rules of Kubernetes (its random suffixes use
 * an alphabet without vowels: `SafeEncodeString` in k8s.io/apimachinery).
 */
const SAFE = 'bcdfghjklmnpqrstvwxz2456789';
const suffix = `[${SAFE}]{5}`;

/** A pod-template-hash is a decimal number re-encoded digit by digit: these ten characters only. */
const DEPLOYMENT = /^(.+)-[456789bcdf]{6,10}-[0-9a-z]{5}$/;
/** Hashes that another tool made (or a person, in an example): letters and at least two digits. */
const LOOSE_DEPLOYMENT = new RegExp(
  `^(.+)-(?=[a-z]*\\d[a-z]*\\d)(?=\\d*[a-z])(?:[0-9a-z]{8,10}-[0-9a-z]{5}|[0-9a-z]{6,7}-${suffix})$`,
);
/** A CronJob's job is named for its scheduled minute (8 digits) or, before 1.21, second (10). */
const CRON_JOB = /^(.+)-\d{8,10}(?:-\d{1,5})?-[0-9a-z]{5}$/;
const INDEXED_JOB = new RegExp(`^(.+)-\\d{1,5}-${suffix}$`);
const STATEFUL_SET = /^(.+)-(?:0|[1-9]\d{0,3})$/;
const RANDOM_SUFFIX = new RegExp(`^(.+)-(${suffix})$`);
/** A Knative revision's deployment: the number changes with every rollout. */
const KNATIVE = /^(.+)-\d{5}-deployment$/;

/** Words that happen to use the safe alphabet only; a pod name that ends in one has no random suffix. */
const WORDS = new Set([
  'https',
  'http2',
  'grpcs',
  'html5',
  'xhtml',
  'mssql',
  'pgsql',
  'pgpgp',
  'sdwlb',
]);

/** The owner's name, or the pod's own when no rule fits: then the pod stands for itself. */
export function podOwner(pod: string, node?: string): string {
  const name = pod.toLowerCase();
  // A static pod bears its node's name.
  if (node && name.endsWith(`-${node.toLowerCase()}`)) return name.slice(0, -node.length - 1);
  const deployment = DEPLOYMENT.exec(name) ?? LOOSE_DEPLOYMENT.exec(name);
  if (deployment) return KNATIVE.exec(deployment[1] as string)?.[1] ?? (deployment[1] as string);
  for (const rule of [CRON_JOB, INDEXED_JOB, STATEFUL_SET]) {
    const owner = rule.exec(name)?.[1];
    if (owner !== undefined) return owner;
  }
  const random = RANDOM_SUFFIX.exec(name);
  return random && !WORDS.has(random[2] as string) ? (random[1] as string) : name;
}
