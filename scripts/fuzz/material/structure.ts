import type { HtmlNode } from './parsers.ts';

/** What a document is made of besides text: its elements with their attributes, one inside the other. */
export function structureOf(node: HtmlNode): string {
  if (node.nodeName === '#text') return '';
  const attributes = (node.attrs ?? []).map(({ name, value }) => ` ${name}=${value}`).join('');
  const inside = (node.childNodes ?? []).map(structureOf).join('');
  return `<${node.nodeName}${attributes}>${inside}</>`;
}

/** All text of a document, in order. */
export function textIn(node: HtmlNode): string {
  return node.value ?? (node.childNodes ?? []).map(textIn).join('');
}
