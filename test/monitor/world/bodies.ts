import type { Draw } from './draw.ts';

/** Draws a JSON text. */
export type Body = (draw: Draw) => string;

const names = ['ada', 'grace', 'alan', 'edsger', 'barbara', 'donald', 'leslie', 'margaret'];
const words = ['cotton', 'linen', 'walnut', 'copper', 'amber', 'slate', 'cedar', 'indigo', 'ivory'];

export const id: Body = (draw) => String(1000 + draw.below(90_000));
export const whole: Body = (draw) => String(draw.below(40));
export const money: Body = (draw) => (1 + draw.below(20_000) / 100).toFixed(2);
export const share: Body = (draw) => draw.next().toFixed(4);
export const yes: Body = (draw) => String(draw.chance(0.6));
export const name: Body = (draw) => `"${draw.pick(names)}"`;
export const prose: Body = (draw) =>
  `"${Array.from({ length: 2 + draw.below(6) }, () => draw.pick(words)).join(' ')}"`;
export const moment: Body = (draw) =>
  `"2026-0${1 + draw.below(5)}-${10 + draw.below(18)}T1${draw.below(10)}:${10 + draw.below(49)}:00Z"`;
export const uuid: Body = (draw) => {
  const hex = (length: number) =>
    Array.from({ length }, () => draw.below(16).toString(16)).join('');
  return `"${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}"`;
};

/** One of some words; the first three times out of four. */
export const oneOf =
  (first: string, ...others: readonly string[]): Body =>
  (draw) =>
    `"${others.length === 0 || draw.chance(0.75) ? first : draw.pick(others)}"`;

export const orNull =
  (body: Body, share: number): Body =>
  (draw) =>
    draw.chance(share) ? 'null' : body(draw);

export const listOf =
  (body: Body, most: number): Body =>
  (draw) =>
    `[${Array.from({ length: draw.below(most + 1) }, () => body(draw)).join(',')}]`;

/** An object; a member whose name ends in `?` is there in four fifths of the bodies, in `??` rarely. */
export const object = (members: Readonly<Record<string, Body>>): Body => {
  const parts = Object.entries(members).map(([key, body]) => ({
    share: key.endsWith('??') ? 0.01 : key.endsWith('?') ? 0.8 : 1,
    key: `"${key.replace(/\?+$/, '')}":`,
    body,
  }));
  return (draw) => {
    let text = '';
    for (const { share, key, body } of parts) {
      if (share < 1 && !draw.chance(share)) continue;
      text += `${text === '' ? '{' : ','}${key}${body(draw)}`;
    }
    return text === '' ? '{}' : `${text}}`;
  };
};

/** What a service says of its own failure. */
export const failure: Body = object({
  error: oneOf('internal error', 'upstream timed out', 'connection reset'),
  trace: uuid,
});

/** What a service says of the caller's. */
export const rejection: Body = object({
  error: oneOf('not found', 'invalid request', 'not allowed'),
  'field?': oneOf('id', 'quantity', 'email'),
});

const line = object({ sku: id, count: whole, price: money });

export const product = object({
  id,
  title: prose,
  price: money,
  stock: whole,
  'colour?': oneOf('amber', 'slate', 'ivory'),
  'discount??': share,
  rating: orNull(share, 0.1),
  tags: listOf(prose, 3),
});
export const products = object({ items: listOf(product, 4), total: whole, 'next?': uuid });
export const basket = object({ id, lines: listOf(line, 4), sum: money, 'coupon??': prose });
export const order = object({
  id,
  state: oneOf('paid', 'open', 'shipped', 'returned'),
  lines: listOf(line, 3),
  sum: money,
  placed: moment,
  'shipped?': orNull(moment, 0.4),
});
export const orders = object({ orders: listOf(order, 3), total: whole });
export const customer = object({
  id,
  name,
  since: moment,
  points: whole,
  segment: oneOf('regular', 'new', 'gold'),
  'phone?': orNull(prose, 0.3),
  newsletter: yes,
});
export const review = object({ id, stars: whole, text: prose, by: name, 'answer??': prose });
export const reviews = object({ reviews: listOf(review, 3), mean: orNull(share, 0.05) });
export const reviewsInLanguages = object({
  reviews: listOf(review, 3),
  mean: orNull(share, 0.05),
  language: oneOf('en', 'de'),
});
export const price = object({ sku: id, net: money, tax: money, currency: oneOf('EUR', 'USD') });
export const payment = object({
  id: uuid,
  state: oneOf('captured', 'authorised', 'declined'),
  amount: money,
  'code?': oneOf('00', '05', '51'),
});
export const session = object({ user: id, active: yes, scopes: listOf(prose, 2), until: moment });
export const score = object({ score: share, rules: listOf(prose, 2), pass: yes });
export const parcel = object({
  id: uuid,
  state: oneOf('sent', 'ready', 'lost'),
  eta: orNull(moment, 0.2),
});
export const rate = object({ base: oneOf('EUR'), quote: oneOf('USD', 'GBP'), rate: share });
export const place = object({
  country: oneOf('DE', 'FR', 'NL'),
  city: prose,
  lat: share,
  lon: share,
});
export const done = object({ ok: yes, id: uuid });
export const page = object({
  blocks: listOf(object({ kind: oneOf('hero', 'list'), title: prose }), 4),
});
export const list = object({ items: listOf(object({ id, name, note: orNull(prose, 0.5) }), 4) });
