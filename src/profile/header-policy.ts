const ANY_SCRIPT = /^(?:'unsafe-inline'|'unsafe-eval'|\*|data:)$/;
const BY_HASH = /^'(?:nonce|sha\d+)-/;

/** From where the scripts of a security policy may come, as far as that is nearly anywhere. CSP level 3. */
export function scriptWords(value: string): string[] {
  const policies = value
    .toLowerCase()
    .split(',')
    .map(scriptSources)
    .filter((sources) => sources !== undefined);
  // Browsers obey all of several at once.
  const [first, ...others] = policies;
  if (!first) return [];
  const anywhere = first.filter((source) => others.every((other) => other.includes(source)));
  return ['script-src', ...anywhere.map((source) => `script-src ${source}`)];
}

/** What a policy says of scripts; undefined where it says nothing of them. */
function scriptSources(policy: string): string[] | undefined {
  const directives = policy.split(';').map((directive) => directive.trim().split(/\s/));
  const said = (name: string) => directives.find(([one]) => one === name);
  const words = said('script-src') ?? said('default-src');
  if (!words) return undefined;
  // Browsers keep to these, and to no list of hosts beside the last.
  const isByHash = words.some((word) => BY_HASH.test(word));
  const isStrict = words.includes("'strict-dynamic'");
  const isIgnored = (source: string) =>
    source === "'unsafe-inline'" ? isByHash || isStrict : isStrict && source !== "'unsafe-eval'";
  return [...new Set(words)].filter((word) => ANY_SCRIPT.test(word) && !isIgnored(word)).sort();
}
