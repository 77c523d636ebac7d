import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { OPTIONS } from '../../src/commands/options.ts';
import { parseCommandLine } from '../../src/commands/parse-command-line.ts';
import { MOST, USUAL } from '../../src/mcp/page.ts';
import { PROMPTS } from '../../src/mcp/prompts.ts';
import { acceptChange, TOOLS } from '../../src/mcp/tools/index.ts';

const page = readFileSync('docs/assistants.md', 'utf8');
const skill = readFileSync('examples/skill/wireproof/SKILL.md', 'utf8');
const names = [...TOOLS, acceptChange].map(({ name }) => name);

/** Shell lines of code blocks that start Wireproof. */
const commandsIn = (text: string) =>
  [...text.matchAll(/^(?:claude mcp add wireproof -- )?wireproof (.+)$/gm)].map(([, line = '']) =>
    [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? ''),
  );
/** Names in code that look like a tool's. */
const toolsIn = (text: string) =>
  [...text.matchAll(/`((?:capture|verify|compare|investigate|monitor|list|explain|accept)_\w+)`/g)]
    .map(([, name]) => name)
    .filter((name) => !PROMPTS.some((prompt) => prompt.name === name));

describe('docs/assistants.md', () => {
  it('has every tool and every prompt, and none that there is not', () => {
    expect([...new Set(toolsIn(page))].sort()).toEqual([...names].sort());
    for (const { name } of PROMPTS) expect(page).toContain(`\`${name}\``);
    expect(page).toContain(`| ${USUAL}, or \`limit\` up to ${MOST};`);
  });

  it('has commands and options that there are, and configurations that can be read', () => {
    expect(commandsIn(page).length).toBeGreaterThan(2);
    for (const argv of commandsIn(page)) expect(parseCommandLine(argv).kind).toBe('command');
    for (const [, name = ''] of page.matchAll(/`--([a-z-]+)/g)) {
      expect(Object.keys(OPTIONS)).toContain(name);
    }
    const blocks = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, block = '']) => block);
    expect(blocks.length).toBeGreaterThan(4);
    for (const block of blocks) {
      const config = JSON.parse(block) as Record<string, Record<string, object>>;
      const { wireproof } = config.mcpServers ?? config.servers ?? {};
      const { args } = (wireproof ?? {}) as { args?: string[] };
      if (args) expect(parseCommandLine(args)).toMatchObject({ kind: 'command', verb: 'mcp' });
    }
  });
});

describe('the skill', () => {
  it('says what it is for in its front matter', () => {
    const [, front = ''] = /^---\n(.*?)\n---\n/s.exec(skill) ?? [];
    const { name, description, ...more } = parse(front) as Record<string, string>;
    expect(name).toBe('wireproof');
    expect(description?.length).toBeGreaterThan(100);
    expect(description?.length).toBeLessThanOrEqual(1024);
    expect(more).toEqual({});
  });

  it('has tools and commands that there are', () => {
    expect([...new Set(toolsIn(skill))].sort()).toEqual([...names].sort());
    expect(commandsIn(skill)).toHaveLength(5);
    for (const argv of commandsIn(skill)) expect(parseCommandLine(argv).kind).toBe('command');
  });
});

describe('the prompts', () => {
  it.each(PROMPTS)('$name names tools that there are, and arguments that it has', (prompt) => {
    const text = `${prompt.says} ${prompt.steps}`;
    for (const [, name = ''] of text.matchAll(/\b([a-z]+_[a-z]+)\b/g))
      expect(names).toContain(name);
    for (const [, name = ''] of text.matchAll(/\{(\w+)\}/g)) {
      expect(Object.keys(prompt.arguments)).toContain(name);
    }
    for (const [, name = ''] of text.matchAll(/--([a-z-]+)/g)) {
      expect(Object.keys(OPTIONS)).toContain(name);
    }
  });
});
