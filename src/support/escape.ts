/**
 * Everything from traffic is hostile text. Each function makes it harmless where its name says, on
 * one line and of bounded length.
 */

const MAX_LENGTH = 500;
/** What changes how the text around it is read, or may not stand in XML. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{DI}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{NChar}]/gu;
/** What Markdown takes for markup; a colon or a dot only where GitHub would make a link of it. */
const SYNTAX = /[&<>`*_~[\]|\\@#$^]|:(?=\/\/)|(?<=mailto|xmpp):|(?<=www)\./gi;
/** What begins a list, a rule or a heading's underline where prose begins. */
const LIST_ITEM = /^(?:\d+[.)]|[-+=])/;

/** Text whose every character is seen as what it is: invisible ones become `\u{…}`. */
export function visible(text: string, maxLength = MAX_LENGTH): string {
  return truncate(text, maxLength).replace(
    INVISIBLE,
    (character) => `\\u{${(character.codePointAt(0) as number).toString(16)}}`,
  );
}

/**
 * For Markdown prose or a table's cell. Punctuation that has a meaning becomes a character
 * reference, which no Markdown parser takes for syntax; `@` no longer mentions anybody.
 */
export function forMarkdown(text: string, maxLength = MAX_LENGTH): string {
  return references(visible(text, maxLength).trim())
    .replace(LIST_ITEM, (mark) => `${mark.slice(0, -1)}${reference(mark.slice(-1))}`)
    .replaceAll('&#64;', '&#64;\u200b');
}

/** As code in Markdown, also inside a table. GitHub looks for no mentions and no links there. */
export function asMarkdownCode(text: string, maxLength = MAX_LENGTH): string {
  return `<code>${references(visible(text, maxLength))}</code>`;
}

/** For HTML, between tags or in a quoted attribute. */
export function forHtml(text: string, maxLength = MAX_LENGTH): string {
  return visible(text, maxLength).replace(/[&<>"']/g, reference);
}

/** For a quoted label in Mermaid, which takes characters by number (`#35;`) for none of its syntax. */
export function forMermaid(text: string, maxLength = MAX_LENGTH): string {
  const label = visible(text, maxLength).trim();
  return (label === '' ? '–' : label).replace(
    /[^\p{L}\p{N} /.,_()→…×-]/gu,
    (character) => `#${character.codePointAt(0)};`,
  );
}

/** For a plain text message of SARIF, where `[text](address)` would be a link. */
export function forSarif(text: string, maxLength = MAX_LENGTH): string {
  return visible(text, maxLength).replaceAll('](', '] (');
}

/** For a line of a workflow's log: the runner must not read a command in it. */
export function forWorkflowLog(text: string, maxLength = MAX_LENGTH): string {
  return visible(text, maxLength)
    .replace(/^(\s*):(?=:)/, '$1: ')
    .replaceAll('##[', '## [');
}

/** What Slack's mrkdwn, or Markdown in its place, takes for markup, a mention or a link. */
const MRKDWN = /[*_~`@]|:(?=\/\/)/g;
const SLACK_ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * For mrkdwn of Slack. It has references for three characters alone; others lose their meaning by a
 * space without width behind them, and addresses are no links.
 */
export function forSlack(text: string, maxLength = MAX_LENGTH): string {
  return visible(text, maxLength)
    .replace(/[&<>]/g, (character) => SLACK_ENTITIES[character] as string)
    .replace(MRKDWN, '$&\u200b');
}

/** Cuts after `maxLength` UTF-16 units, never inside a character, and says so with `…`. */
export function truncate(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const last = text.charCodeAt(maxLength - 2);
  const inPair = last >= 0xd800 && last < 0xdc00;
  return `${text.slice(0, maxLength - (inPair ? 2 : 1))}…`;
}

function references(text: string): string {
  return text.replace(SYNTAX, reference);
}

function reference(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}
