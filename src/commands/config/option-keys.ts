import { z } from 'zod';
import { isFlag, type OptionName, optionNames, optionOf } from '../options.ts';

const TEXT = 'it must be text, a number or a list of texts';
const text = (value: string | number | boolean | readonly string[]) =>
  typeof value === 'object' ? value.join(',') : String(value);
const flag = z.union([z.boolean(), z.string()], 'it must be true or false').transform(text);
const single = z.union([z.string(), z.number()], TEXT).transform(text);
const several = z.union([z.string(), z.array(z.string()).max(1_000)], TEXT).transform(text);

/** Options that a file may set: none that runs a command, names a host or writes a file. */
export const settable = optionNames.filter((name) => optionOf(name).file);

/** Their values as texts. */
export const optionKeys = Object.fromEntries(
  settable.map((name) => [name, fileValue(name).optional().describe(optionOf(name).help)]),
) as Partial<Record<OptionName, z.ZodOptional<z.ZodType<string>>>>;

/** Checked here, where its line is known, and also for verbs that do not take the option. */
function fileValue(name: OptionName): z.ZodType<string> {
  const { repeatable, schema } = optionOf(name);
  const value: z.ZodType<string> = isFlag(name) ? flag : repeatable ? several : single;
  return value.superRefine((given, context) => {
    const message = schema.safeParse(given).error?.issues[0]?.message;
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });
}
