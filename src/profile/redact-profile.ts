import { secretNames } from '../calls/secret-names.ts';
import type { MessageProfile } from './message.ts';
import type { Profile } from './profile.ts';
import type { SchemaNode } from './schema/node.ts';

type IsSecret = (name: string) => boolean;

/**
 * Takes out of a profile what it keeps of the fields and headers that bear one of these names, and of
 * all that lies below such a field: members of enumerations, values of flags and forms of headers.
 * Their presence and shape stay.
 */
export function redactProfile(profile: Profile, names: readonly string[]): void {
  if (names.length === 0) return;
  const isSecret = secretNames(names);
  for (const { operations } of profile.families) {
    for (const [, stats] of operations.leaves()) {
      redactMessage(stats.request, isSecret);
      for (const [, { response }] of stats.statuses) redactMessage(response, isSecret);
    }
  }
}

function redactMessage(message: MessageProfile, isSecret: IsSecret): void {
  message.headers.closeForms(isSecret);
  if (message.query) redactNode(message.query, isSecret, false);
  for (const [, { schema }] of message.kinds) redactNode(schema, isSecret, false);
}

/** As deep as a schema is, which is bounded. */
function redactNode(node: SchemaNode, isSecret: IsSecret, secret: boolean): void {
  if (secret) {
    node.string?.values.close();
    node.boolean = undefined;
    node.valuesByThing = undefined;
  }
  if (node.array) {
    for (const item of [node.array.items, ...(node.array.positions ?? [])]) {
      redactNode(item, isSecret, secret);
    }
  }
  if (!node.object) return;
  const { properties, patterns, variants } = node.object;
  variants.close((field) => secret || isSecret(field));
  for (const [name, property] of properties) {
    redactNode(property.node, isSecret, secret || isSecret(name));
  }
  for (const pattern of patterns.values()) redactNode(pattern, isSecret, secret);
}
