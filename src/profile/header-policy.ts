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
  const anywhere = first?.filter((source) => others.every((other) => other.includes(source))) ?? [];
  return first ? ['script-src', ...anywhere.map((source) => `script-src ${source}`)] : [];
}

/** What a policy says of scripts; undefined where it says nothing of them. */
function scriptSources(policy: string): string[] | undefined {
  const directives = policy.split(';').map((directive) => directive.trim().split(/\s+/));
  const said = (name: string) => directives.find(([one]) => one === name);
  const sources = (said('script-src') ?? said('default-src'))?.slice(1);
  if (!sources) return undefined;
  // Browsers keep to these, and to no list of hosts beside the last.
  const ignored = [
    ...(sources.some((source) => BY_HASH.test(source)) ? ["'unsafe-inline'"] : []),
    ...(sources.includes("'strict-dynamic'") ? ["'unsafe-inline'", '*', 'data:'] : []),
  ];
  return [...new Set(sources)]
    .filter((source) => ANY_SCRIPT.test(source) && !ignored.includes(source))
    .sort();
}
