import { ToolError } from './tool-error.ts';

/** Both ends of a packet. */
export interface Ends {
  readonly hosts: readonly (string | undefined)[];
  readonly ports: readonly (number | undefined)[];
}

type Matcher = (ends: Ends) => boolean;

/** The part of BPF's language that selects by `host` and `port`. Throws ToolError as tcpdump would. */
export function parseBpf(expression: string): Matcher {
  const tokens = expression.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const next = () => tokens[at++];
  const matcher = tokens.length === 0 ? () => true : either();
  if (at < tokens.length) throw syntax();
  return matcher;

  function either(): Matcher {
    const parts = [both()];
    while (tokens[at] === 'or' && next()) parts.push(both());
    return (ends) => parts.some((part) => part(ends));
  }

  function both(): Matcher {
    const parts = [one()];
    while (tokens[at] === 'and' && next()) parts.push(one());
    return (ends) => parts.every((part) => part(ends));
  }

  function one(): Matcher {
    const word = next();
    if (word === '(') {
      const inside = either();
      if (next() !== ')') throw syntax();
      return inside;
    }
    const value = next();
    if (word === 'host' && value && /^[\d.]+$|^[\da-f:.]+$/.test(value)) {
      return ({ hosts }) => hosts.includes(value);
    }
    if (word === 'port' && value && /^\d+$/.test(value)) {
      return ({ ports }) => ports.includes(Number(value));
    }
    throw syntax();
  }

  function syntax(): ToolError {
    return new ToolError(400, `can't parse filter expression: syntax error near ${tokens[at - 1]}`);
  }
}
