const MAX_NESTING = 64;
const MAX_ELEMENTS = 100_000;

interface Element {
  readonly name: string;
  readonly content: Map<string, unknown[]>;
  text: string;
}

const NAME = /^[^\s/>=<"'&]{1,128}/;
const ATTRIBUTE = /\s+([^\s/>=<"'&]{1,128})\s*=\s*(?:"([^"]*)"|'([^']*)')/y;

/**
 * The shape of an XML document in the JSON model: an element is an object of its children, each
 * an array since any may repeat, and `@attributes`, or its text where it has neither. No entity, DTD or
 * namespace is resolved, so nothing can expand. Undefined when tags don't match.
 */
export function decodeXml(text: string): unknown[] | undefined {
  const root = element('');
  const open: Element[] = [root];
  let at = 0;
  let left = MAX_ELEMENTS;
  while (at < text.length) {
    const start = text.indexOf('<', at);
    if (start < 0) break;
    const parent = open.at(-1) as Element;
    parent.text += text.slice(at, start);
    const next = markup(text, start, parent);
    if (next !== undefined) {
      at = next;
      continue;
    }
    if (text[start + 1] === '/') {
      at = text.indexOf('>', start) + 1;
      const name = text.slice(start + 2, at - 1).trim();
      if (at === 0 || open.length === 1 || parent.name !== name) return undefined;
      open.pop();
      addTo(open.at(-1) as Element, parent);
      continue;
    }
    const name = NAME.exec(text.slice(start + 1, start + 130))?.[0];
    if (name === undefined || left-- === 0 || open.length > MAX_NESTING) return undefined;
    const child = element(name);
    at = attributes(text, start + 1 + name.length, child);
    const close = /\s*(\/?)>/y;
    close.lastIndex = at;
    const closed = close.exec(text);
    if (!closed) return undefined;
    at = close.lastIndex;
    if (closed[1] === '/') addTo(parent, child);
    else open.push(child);
  }
  if (open.length !== 1 || root.content.size !== 1) return undefined;
  const [name, values] = [...root.content][0] as [string, unknown[]];
  return [{ [name]: values[0] }];
}

function element(name: string): Element {
  return { name, content: new Map(), text: '' };
}

/** Skips a declaration or comment, takes CDATA as text; undefined for a tag. */
function markup(text: string, start: number, parent: Element): number | undefined {
  const skip = (open: string, close: string): number | undefined => {
    if (!text.startsWith(open, start)) return undefined;
    const end = text.indexOf(close, start + open.length);
    return end < 0 ? text.length : end + close.length;
  };
  const data = skip('<![CDATA[', ']]>');
  if (data !== undefined) parent.text += text.slice(start + 9, data - 3);
  return data ?? skip('<!--', '-->') ?? skip('<?', '?>') ?? skip('<!', '>');
}

function attributes(text: string, from: number, into: Element): number {
  ATTRIBUTE.lastIndex = from;
  let at = from;
  for (let found = ATTRIBUTE.exec(text); found; found = ATTRIBUTE.exec(text)) {
    into.content.set(`@${found[1]}`, [found[2] ?? found[3] ?? '']);
    at = ATTRIBUTE.lastIndex;
  }
  return at;
}

function addTo(parent: Element, child: Element): void {
  const before = parent.content.get(child.name);
  if (before) before.push(elementValue(child));
  else parent.content.set(child.name, [elementValue(child)]);
}

function elementValue({ content, text }: Element): unknown {
  if (content.size === 0) return text.trim();
  const value: { [name: string]: unknown } = Object.create(null);
  for (const [name, values] of content) value[name] = name.startsWith('@') ? values[0] : values;
  return value;
}
