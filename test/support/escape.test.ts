import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asMarkdownCode,
  forMarkdown,
  forMermaid,
  forSlack,
  forWorkflowLog,
  truncate,
  visible,
} from '../../src/support/escape.ts';
import { HOSTILE } from './judgements.ts';

const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary', maxLength: 600 }),
  fc.array(fc.constantFrom(...HOSTILE), { maxLength: 4 }).map((parts) => parts.join('')),
);

describe('visible', () => {
  it('shows control, bidirectional and zero-width characters as what they are', () => {
    expect(visible('a\u001b[31mb\u202ec\u200bd\ne')).toBe(
      'a\\u{1b}[31mb\\u{202e}c\\u{200b}d\\u{a}e',
    );
  });

  it('leaves plain text of any script alone', () => {
    const text = 'orders GET /straße/{id} 注文 🦈 “x” – y';
    expect(visible(text)).toBe(text);
  });

  it('never lets an invisible or a line-breaking character through', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(visible(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

describe('forMermaid', () => {
  it('leaves nothing of a name that Mermaid or the fence around it takes for syntax', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const label = forMermaid(text);
        expect(label).toMatch(/\S/);
        expect(label.replace(/#\d+;/g, '')).toMatch(/^[\p{L}\p{N} /.,_()→…×-]*$/u);
      }),
    );
  });

  it('numbers characters as Mermaid reads them', () => {
    const read = (label: string) =>
      label.replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
    expect(read(forMermaid('orders GET /straße/{id}?q="🦈" #1;'))).toBe(
      'orders GET /straße/{id}?q="🦈" #1;',
    );
    expect(read(forMermaid(' '))).toBe('–');
  });
});

describe('forMarkdown, asMarkdownCode', () => {
  it('leave no character that begins markup, a cell, a tag, a link or a mention', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const markdown of [forMarkdown(text), asMarkdownCode(text).slice(6, -7)]) {
          const plain = markdown.replace(/&#\d+;\u200b?/g, '');
          expect(plain).not.toMatch(/[<>`*_~[\]|\\@#$^&\n\r]/);
          expect(plain).not.toMatch(/:\/\/|www\.|mailto:/i);
        }
      }),
    );
  });

  it('begin no list and no code block', () => {
    expect(forMarkdown('- a')).toBe('&#45; a');
    expect(forMarkdown('12. a')).toBe('12&#46; a');
    expect(forMarkdown('    a')).toBe('a');
  });

  it('keep ordinary names readable in the source', () => {
    expect(asMarkdownCode('orders GET /api/orders/{id}')).toBe(
      '<code>orders GET /api/orders/{id}</code>',
    );
  });
});

describe('forWorkflowLog', () => {
  it('leaves no workflow command', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const line = forWorkflowLog(text);
        expect(line.trimStart()).not.toMatch(/^::/);
        expect(line).not.toContain('##[');
        expect(line).not.toMatch(/[\r\n]/);
      }),
    );
  });
});

describe('truncate', () => {
  it('keeps within the length and cuts no character in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 4, max: 20 }), (text, max) => {
        const cut = truncate(text, max);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(cut.isWellFormed()).toBe(true);
        if (text.length <= max) expect(cut).toBe(text);
      }),
    );
  });
});

describe('forSlack', () => {
  it('leaves plain words as they are', () => {
    expect(forSlack('31 % of 400 calls failed')).toBe('31 % of 400 calls failed');
  });

  it('makes no mention, link or markup of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const shown = forSlack(`${text}<!here>@here*b*https://x`);
        expect(shown).not.toMatch(/[<>\n]|:\/\/|[@*_~`](?!\u200b)|&(?!(?:amp|lt|gt);)/);
      }),
    );
  });
});
