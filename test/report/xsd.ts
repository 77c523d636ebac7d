import { create } from 'xmlbuilder2';

/** The part of the DOM that is looked at here. */
interface Node {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly childNodes: Iterable<Node>;
  readonly attributes?: Iterable<{ readonly name: string; readonly value: string }>;
}

interface Declared {
  readonly required: readonly string[];
  readonly attributes: ReadonlyMap<string, RegExp | undefined>;
  readonly children: ReadonlySet<string>;
  readonly text: boolean;
}

/** What XML 1.0 lets stand in a document, written out or by number. */
const ILLEGAL = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

/** Parses XML. Throws where it is not well-formed or holds a character that may not stand in it. */
export function parseXml(xml: string): Node {
  const illegal = ILLEGAL.exec(xml);
  if (illegal) throw new Error(`U+${illegal[0].codePointAt(0)?.toString(16)} may not stand in XML`);
  checkBalance(xml.replace(/<\?.*?\?>|<!--.*?-->/gs, ''));
  return create(xml).root().node as unknown as Node;
}

/** The parser forgives elements that nobody closes. */
function checkBalance(xml: string): void {
  const open: (string | undefined)[] = [];
  const rest = xml.replace(/<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g, (...match) => {
    const [, closing, name, , empty] = match as string[];
    if (closing && open.pop() !== name) throw new Error(`</${name}> closes another element`);
    if (!closing && !empty) open.push(name);
    return '';
  });
  if (open.length > 0) throw new Error(`<${open.at(-1)}> is not closed`);
  if (/<|&(?!(?:lt|gt|amp|quot|apos|#\d+|#x[\da-f]+);)/i.test(rest))
    throw new Error('stray markup');
}

/** How a document departs from a schema made of elements, their children and attributes. */
export function departures(xsd: string, xml: string): string[] {
  const schema = parseXml(xsd);
  const types = new Map(
    childrenOf(schema, 'xs:simpleType').map((type) => [
      attributesOf(type).name ?? '',
      patternOf(type),
    ]),
  );
  const declared = new Map(
    childrenOf(schema, 'xs:element').map((one) => [
      attributesOf(one).name ?? '',
      declarationOf(one, types),
    ]),
  );
  const found: string[] = [];
  visit(parseXml(xml));
  return found;

  function visit(node: Node): void {
    const rule = declared.get(node.nodeName);
    if (!rule) {
      found.push(`<${node.nodeName}> is not declared`);
      return;
    }
    const attributes = attributesOf(node);
    for (const name of rule.required) {
      if (!(name in attributes)) found.push(`<${node.nodeName}> lacks ${name}`);
    }
    for (const [name, value] of Object.entries(attributes)) {
      if (!rule.attributes.has(name)) found.push(`<${node.nodeName}> has ${name}`);
      const pattern = rule.attributes.get(name);
      if (pattern && !pattern.test(value ?? '')) found.push(`${name} is ${value}`);
    }
    for (const child of node.childNodes) {
      if (child.nodeType !== 1) {
        if (!rule.text && child.textContent?.trim()) found.push(`<${node.nodeName}> holds text`);
      } else if (rule.children.has(child.nodeName)) visit(child);
      else found.push(`<${node.nodeName}> holds <${child.nodeName}>`);
    }
  }
}

function declarationOf(element: Node, types: ReadonlyMap<string, RegExp | undefined>): Declared {
  const inside = descendantsOf(element);
  const attributes = inside.filter(({ nodeName }) => nodeName === 'xs:attribute').map(attributesOf);
  return {
    required: attributes.flatMap(({ name, use }) => (use === 'required' && name ? [name] : [])),
    attributes: new Map(attributes.map(({ name, type }) => [name ?? '', types.get(type ?? '')])),
    children: new Set(
      inside.flatMap((one) => (one.nodeName === 'xs:element' ? [attributesOf(one).ref ?? ''] : [])),
    ),
    text:
      attributesOf(element).type === 'xs:string' ||
      inside.some((one) => attributesOf(one).mixed === 'true'),
  };
}

function patternOf(type: Node): RegExp | undefined {
  const pattern = descendantsOf(type).find(({ nodeName }) => nodeName === 'xs:pattern');
  return pattern && new RegExp(`^(?:${attributesOf(pattern).value})$`);
}

function childrenOf(node: Node, name: string): Node[] {
  return [...node.childNodes].filter(({ nodeName }) => nodeName === name);
}

function descendantsOf(node: Node): Node[] {
  return [...node.childNodes].flatMap((child) =>
    child.nodeType === 1 ? [child, ...descendantsOf(child)] : [],
  );
}

function attributesOf(node: Node): Partial<Record<string, string>> {
  return Object.fromEntries([...(node.attributes ?? [])].map(({ name, value }) => [name, value]));
}
