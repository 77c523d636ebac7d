import { UsageError } from '../../support/errors.ts';

/**
 * Splits a command line into words as a POSIX shell would: quotes and backslashes, no expansion.
 * Throws UsageError on an open quote or an empty command.
 */
export function splitCommand(text: string): [string, ...string[]] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    if (quote === "'") {
      if (char === quote) quote = '';
      else word += char;
    } else if (char === '\\' && !(quote === '"' && !'"\\$`'.includes(text[i + 1] ?? ''))) {
      word = (word ?? '') + (text[++i] ?? '');
    } else if (quote === '"') {
      if (char === quote) quote = '';
      else word += char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + char;
    }
  }
  if (quote !== '') throw new UsageError(`kubeshark-command has an open ${quote}: ${text}`);
  if (word !== undefined) words.push(word);
  const [command, ...args] = words;
  if (command === undefined || command === '') throw new UsageError('kubeshark-command is empty');
  return [command, ...args];
}

/** Whether `args` carry an option, as `--name value` or `--name=value`. */
export function carries(args: readonly string[], option: string): boolean {
  return args.some((arg) => arg === option || arg.startsWith(`${option}=`));
}
