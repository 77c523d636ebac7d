import { z } from 'zod';
import { monitor } from './monitor-keys.ts';
import { optionKeys } from './option-keys.ts';
import { accept, ignore, rules } from './policy-keys.ts';
import { identity, paths, redact } from './profile-keys.ts';
import { requirements } from './requirements.ts';
import { thresholds } from './thresholds.ts';

/** `wireproof.yml`, all of it: nothing in it runs, connects or writes, since a pull request may change it. */
export const configSchema = z.strictObject({
  ...optionKeys,
  require: requirements.optional(),
  rules: rules.optional(),
  thresholds: thresholds.optional(),
  ignore: ignore.optional(),
  accept: accept.optional(),
  paths: paths.optional(),
  identity: identity.optional(),
  redact: redact.optional(),
  monitor: monitor.optional(),
});

/** The same as JSON Schema, for editors: what a person writes, before it is read. */
export function configJsonSchema(): object {
  const schema = z.toJSONSchema(configSchema, { io: 'input', target: 'draft-7' });
  return { ...schema, title: 'wireproof.yml' };
}
