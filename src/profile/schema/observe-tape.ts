import type { CallRef } from './call-ref.ts';
import { STRIDE, TOKEN } from './json-tape.ts';
import { type KeyInfo, keyInfo } from './key-info.ts';
import { DISCRIMINATORS, isCapped, ROOM, roomBelow } from './limits.ts';
import { ANY_KEY, absorbIfWide, patternNode } from './merge.ts';
import {
  type ArrayFacts,
  arrayOf,
  numberOf,
  type ObjectFacts,
  objectOf,
  Property,
  type SchemaNode,
  stringOf,
  TYPE,
} from './node.ts';
import { addLength, type Name, observeAt, placePositions, ROOT } from './observe.ts';

/** Digits only: such names come first in what `JSON.parse` gives. */
const INDEX = /^\d{1,10}$/;
const ZERO = 0x30;
const MINUS = 0x2d;

/** Known properties of the objects that are open, one a value; undefined: a name not met before. */
const known: (Property | undefined)[] = [];
let knownTop = 0;
/** Tells the objects looked at apart. */
let stamp = 0;

/** Adds the value that JSON text holds, given its tape, as `observeValue` adds what `JSON.parse` gives. */
export function observeTape(node: SchemaNode, text: string, tape: Int32Array, ref: CallRef): void {
  knownTop = 0;
  observe(node, text, tape, 0, ref, 0, ROOM, ROOT);
}

/** Adds the value at `at` of the tape; where the next one is. */
function observe(
  node: SchemaNode,
  text: string,
  tape: Int32Array,
  at: number,
  ref: CallRef,
  depth: number,
  room: number,
  name: Name,
): number {
  const start = tape[at + 1] as number;
  const end = tape[at + 2] as number;
  switch (tape[at]) {
    case TOKEN.string:
      node.tally(TYPE.string, ref.id, ref.hash);
      stringOf(node).addText(text, start, end, ref, name);
      break;
    case TOKEN.integer:
      node.tally(TYPE.integer, ref.id, ref.hash);
      numberOf(node).add(integer(text, start, end));
      break;
    case TOKEN.array:
      return observeArray(node, text, tape, at, ref, depth, room, name);
    case TOKEN.object:
      return observeObject(node, text, tape, at, ref, depth, room);
    case TOKEN.boolean:
      node.tally(TYPE.boolean, ref.id, ref.hash);
      break;
    case TOKEN.null:
      node.tally(TYPE.null, ref.id, ref.hash);
      break;
    case TOKEN.number:
      observeAt(node, Number(text.slice(start, end)), ref, depth, room, name);
      break;
    default:
      observeAt(node, JSON.parse(text.slice(start - 1, end + 1)), ref, depth, room, name);
  }
  return at + STRIDE;
}

function integer(text: string, start: number, end: number): number {
  const negative = text.charCodeAt(start) === MINUS;
  let value = 0;
  for (let at = negative ? start + 1 : start; at < end; at++) {
    value = value * 10 + text.charCodeAt(at) - ZERO;
  }
  return negative ? -value : value;
}

function observeArray(
  node: SchemaNode,
  text: string,
  tape: Int32Array,
  at: number,
  ref: CallRef,
  depth: number,
  room: number,
  name: Name,
): number {
  node.tally(TYPE.array, ref.id, ref.hash);
  const length = tape[at + STRIDE] as number;
  const over = tape[at + STRIDE + 1] as number;
  if (isCapped(depth, room)) {
    if (length > 0) node.capped = true;
    return over;
  }
  const array: ArrayFacts = arrayOf(node);
  addLength(array, length);
  if (array.positions !== null) {
    placePositions(array, length, tape[at + STRIDE + 2] === 0, depth, room);
  }
  let next = at + 2 * STRIDE;
  for (let i = 0; i < length; i++) {
    const item = array.positions?.[i] ?? array.items;
    next = observe(item, text, tape, next, ref, depth + 1, room, name);
  }
  return over;
}

function observeObject(
  node: SchemaNode,
  text: string,
  tape: Int32Array,
  at: number,
  ref: CallRef,
  depth: number,
  room: number,
): number {
  const length = tape[at + STRIDE] as number;
  const over = tape[at + STRIDE + 1] as number;
  if (isCapped(depth, room)) {
    node.tally(TYPE.object, ref.id, ref.hash);
    if (length > 0) node.capped = true;
    return over;
  }
  const object: ObjectFacts = objectOf(node);
  const base = knownTop;
  if (!lookUp(object, text, tape, at + 2 * STRIDE, length)) {
    knownTop = base;
    const value: unknown = JSON.parse(text.slice(tape[at + 1], tape[at + 2]));
    observeAt(node, value, ref, depth, room, ROOT);
    return over;
  }
  node.tally(TYPE.object, ref.id, ref.hash);
  const below = roomBelow(room, object.containers, object.mapped);
  let shape = 0;
  let data = false;
  let rank = Number.POSITIVE_INFINITY;
  let ranked = 0;
  let next = at + 2 * STRIDE;
  for (let i = 0; i < length; i++) {
    const child = next + STRIDE;
    const token = tape[child] as number;
    let property = object.mapped ? undefined : known[base + i];
    if (!property) {
      const key = text.slice(tape[next + 1], tape[next + 2]);
      const info: KeyInfo = keyInfo(key);
      if (info.pattern !== undefined || object.mapped) {
        const pattern = patternNode(object, info.pattern ?? ANY_KEY);
        if (token >= TOKEN.array && !pattern.contains) object.containers++;
        next = observe(pattern, text, tape, child, ref, depth + 1, below, info);
        data = true;
        continue;
      }
      property = new Property(key, info);
      object.properties.set(key, property);
    }
    const { info } = property;
    if (token >= TOKEN.array && !property.node.contains) object.containers++;
    next = observe(property.node, text, tape, child, ref, depth + 1, below, info);
    shape += info.hash;
    if (info.rank < rank && (token === TOKEN.string || token === TOKEN.escaped)) {
      rank = info.rank;
      ranked = child;
    }
    if (object.properties.size > 8) absorbIfWide(object, depth, room);
  }
  knownTop = base;
  if (object.mapped) return over;
  const names = () => namesOf(object, text, tape, at, length, data);
  object.shapes.add(shape, ref, names);
  const field = DISCRIMINATORS[rank];
  if (field !== undefined) object.variants.add(field, stringAt(text, tape, ranked), shape, names);
  return over;
}

/**
 * Looks the properties of an object up, onto `known`: most objects at one place have the same names in
 * the same order, so each remembers what came behind it. False for a name given twice or an index,
 * where the order of a parsed object is another.
 */
function lookUp(
  object: ObjectFacts,
  text: string,
  tape: Int32Array,
  first: number,
  length: number,
): boolean {
  const mark = ++stamp;
  let further: Set<string> | undefined;
  let before: Property | undefined;
  let at = first;
  for (let i = 0; i < length; i++) {
    const start = tape[at + 1] as number;
    const end = tape[at + 2] as number;
    let property = before ? before.next : object.first;
    if (!property || property.key.length !== end - start || !text.startsWith(property.key, start)) {
      const key = text.slice(start, end);
      property = object.properties.get(key);
      if (property) {
        if (before) before.next = property;
        else object.first = property;
      } else {
        if (further?.has(key)) return false;
        further ??= new Set();
        further.add(key);
      }
      if (INDEX.test(key)) return false;
    }
    if (property) {
      if (property.mark === mark) return false;
      property.mark = mark;
      before = property;
    }
    known[knownTop++] = property;
    const child = at + STRIDE;
    at =
      (tape[child] as number) >= TOKEN.array
        ? (tape[child + STRIDE + 1] as number)
        : child + STRIDE;
  }
  return true;
}

/** The names of an object's properties, without those that are data. */
function namesOf(
  object: ObjectFacts,
  text: string,
  tape: Int32Array,
  at: number,
  length: number,
  data: boolean,
): string[] {
  const names: string[] = [];
  let next = at + 2 * STRIDE;
  for (let i = 0; i < length; i++) {
    const key = text.slice(tape[next + 1], tape[next + 2]);
    if (!data || object.properties.has(key)) names.push(key);
    const child = next + STRIDE;
    next =
      (tape[child] as number) >= TOKEN.array
        ? (tape[child + STRIDE + 1] as number)
        : child + STRIDE;
  }
  return names;
}

function stringAt(text: string, tape: Int32Array, at: number): string {
  const start = tape[at + 1] as number;
  const end = tape[at + 2] as number;
  return tape[at] === TOKEN.string
    ? text.slice(start, end)
    : (JSON.parse(text.slice(start - 1, end + 1)) as string);
}
