/**
 * Shows the Markdown that Wireproof writes as GitHub does in a job summary: headings, lists, tables, details,
 * inline HTML and bold; a diagram is left as its text. Enough of Markdown for that and for nothing else.
 */
export function asGitHubShows(markdown: string): string {
  const blocks = markdown.split(/\n{2,}/).map(block);
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}</style><article>
<header><b>gate</b> summary</header><div>${blocks.join('\n')}</div></article>`;
}

function block(text: string): string {
  const lines = text.trim().split('\n');
  const [, level, title] = /^(#{1,3}) (.*)/.exec(lines[0] ?? '') ?? [];
  if (level && title !== undefined) return `<h${level.length}>${inline(title)}</h${level.length}>`;
  if (text.startsWith('```')) return `<pre>${lines.slice(1, -1).join('\n')}</pre>`;
  if (text.startsWith('| ')) return table(lines);
  if (/^<\/?details>/.test(text)) return text;
  if (text.startsWith('- ')) {
    return `<ul>${lines.map((line) => `<li>${inline(line.slice(2))}</li>`).join('')}</ul>`;
  }
  return `<p>${inline(lines.join(' '))}</p>`;
}

function table(lines: readonly string[]): string {
  const [head = '', , ...rows] = lines;
  const cells = (line: string, tag: string) =>
    line
      .slice(2, -2)
      .split(' | ')
      .map((cell) => `<${tag}>${inline(cell)}</${tag}>`)
      .join('');
  const body = rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('');
  return `<table><tr>${cells(head, 'th')}</tr>${body}</table>`;
}

function inline(text: string): string {
  return text.replace(/\*\*(.+?)\*\*/g, '<b>$1</b>');
}

/** GitHub's own measures and colours, as far as this Markdown meets them. */
const STYLE = `
body { margin: 0; padding: 20px; background: #fff; color: #1f2328;
  font: 16px/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
article { border: 1px solid #d1d9e0; border-radius: 6px; }
header { padding: 12px 16px; border-bottom: 1px solid #d1d9e0; font-size: 14px; }
article > div { padding: 24px 32px; }
h1, h2, h3 { margin: 24px 0 16px; font-weight: 600; line-height: 1.25; }
h1 { margin-top: 0; font-size: 32px; padding-bottom: 10px; border-bottom: 1px solid #d1d9e0b3; }
h2 { font-size: 24px; padding-bottom: 7px; border-bottom: 1px solid #d1d9e0b3; }
ul, p { margin: 0 0 16px; }
ul { padding-left: 32px; }
table { display: block; overflow: hidden; border-collapse: collapse; margin-bottom: 16px; }
th, td { padding: 6px 13px; border: 1px solid #d1d9e0; text-align: left; vertical-align: top; }
th { font-weight: 600; }
tr:nth-child(odd) td { background: #f6f8fa; }
code { padding: .2em .4em; background: #818b981f; border-radius: 6px; white-space: break-spaces;
  font: 85% ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
pre { padding: 16px; background: #f6f8fa; border-radius: 6px; overflow: auto; font-size: 13.6px; }`;
