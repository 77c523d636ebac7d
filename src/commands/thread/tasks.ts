import type { Linked } from '../../incident/reading/link-kept.ts';
import type { Kept } from '../../incident/reading/reading.ts';
import type { FilePart } from '../file-part.ts';

/** What another thread can be told to do. Orders and answers are copied between threads: plain data. */
export interface Tasks {
  /** Links the whole calls of a reading. */
  readonly link: (kept: Kept) => Promise<LinkedText>;
  /** Profiles a part of a file's time; answers with the profile's text. */
  readonly part: (part: FilePart) => Promise<string>;
}

export type LinkedText = Omit<Linked, 'profile'> & { readonly profile: string };

/** An order with the name of its task. */
export type Order = {
  [K in keyof Tasks]: { readonly task: K; readonly given: Parameters<Tasks[K]>[0] };
}[keyof Tasks];

/** Does what a thread was told; loads what that needs alone. */
export async function doTask(order: Order): Promise<unknown> {
  if (order.task === 'link') return (await import('./link.ts')).linkText(order.given);
  return (await import('./part.ts')).partText(order.given);
}
