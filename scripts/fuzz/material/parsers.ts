import { createRequire } from 'node:module';
import { join } from 'node:path';

/** A node of parse5's tree, as far as it is looked at. */
export interface HtmlNode {
  readonly nodeName: string;
  readonly attrs?: readonly { readonly name: string; readonly value: string }[];
  readonly childNodes?: readonly HtmlNode[];
  readonly value?: string;
}

interface Micromark {
  micromark(text: string, options: object): string;
}
interface Gfm {
  gfm(): object;
  gfmHtml(): object;
}
interface Parse5 {
  parse(html: string): HtmlNode;
  parseFragment(html: string): HtmlNode;
}

let require: NodeJS.Require | undefined;

/** Markdown as GitHub reads it, with the HTML in it, as a tree. */
export function parseMarkdown(markdown: string): HtmlNode {
  const { gfm, gfmHtml } = load<Gfm>('micromark-extension-gfm');
  const html = load<Micromark>('micromark').micromark(markdown, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  return load<Parse5>('parse5').parseFragment(html);
}

/** A page as a browser reads it. */
export function parseHtml(html: string): HtmlNode {
  return load<Parse5>('parse5').parse(html);
}

/** The parsers' folder, from the sources and from a bundle alike. */
function load<T>(name: string): T {
  require ??= createRequire(join(process.cwd(), 'scripts', 'fuzz', 'parsers', 'package.json'));
  try {
    return require(name) as T;
  } catch (cause) {
    throw new Error(`${name} is not there: run npm ci in scripts/fuzz/parsers`, { cause });
  }
}
