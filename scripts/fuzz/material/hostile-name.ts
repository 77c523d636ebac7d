import { visible } from '../../../src/support/escape.ts';
import { HOSTILE } from '../../../test/support/judgements.ts';

const MAX_NAME = 120;
/** What stands for any name: structure must not depend on which one it is. */
export const PLAIN = 'plain';

/** An input as a name from traffic. What shows nothing is none. */
export function hostileName(input: Uint8Array): string {
  // Lone surrogates come by JSON alone: here they are what stands for broken UTF-8.
  const text = Buffer.from(input).toString('utf8').replaceAll('\ufffd', '\ud800');
  const name = text.slice(0, MAX_NAME);
  return visible(name).trim() === '' ? PLAIN : name;
}

export const HOSTILE_NAMES: readonly string[] = HOSTILE.map((name) => name.slice(0, MAX_NAME));

/** Pieces of the syntaxes that names are rendered into. */
export const SYNTAX: readonly string[] = [
  ...[
    '<',
    '>',
    '&',
    '"',
    "'",
    '`',
    '``',
    '|',
    '\\',
    '\\|',
    '[',
    '](',
    '![',
    '**',
    '__',
    '~~',
    '$',
    '^',
  ],
  ...[
    '\n',
    '\r\n',
    '\r',
    '\n\n',
    '    ',
    '\t',
    '- ',
    '+ ',
    '1. ',
    '1) ',
    '# ',
    '> ',
    '---',
    '===',
    '```',
  ],
  ...[
    '<!--',
    '-->',
    '<b>',
    '</code>',
    '</td>',
    '<br>',
    '<script>',
    '</script>',
    '<![CDATA[',
    ']]>',
    '<?',
    '?>',
  ],
  ...[
    'https://a.b',
    'www.a.b',
    'mailto:a@b.c',
    'xmpp:a@b.c/d',
    'ftp://a.b',
    'a@b.cd',
    '@all',
    '#1',
    'GH-1',
  ],
  ...[
    '&lt;',
    '&#60;',
    '&#x3c;',
    '&amp;',
    '[^1]',
    '[^1]:',
    '[x]',
    '- [ ] ',
    ':+1:',
    '\u202e',
    '\u200b',
  ],
  ...[
    '::error::',
    '##[',
    '%0A',
    '%25',
    '\u001b[2J',
    '\u0007',
    '\u2028',
    '\ufeff',
    '\u0000',
    '\ud83e',
  ],
  ...[
    '"];',
    'click n0',
    '%%{',
    'end',
    'n0-->n1',
    '#quot;',
    '#35;',
    ';',
    '{{',
    '}}',
    '(',
    ')',
    '<<<',
    '>>>',
  ],
];
