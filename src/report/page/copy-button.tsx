import { useState } from 'preact/hooks';
import { visible } from '../../support/escape.ts';

/** A line that is longer is cut for the eye; copied is all of it. */
const MAX_LINE = 4_000;

/** A block of text to take along. */
export function Snippet({ text, label }: { text: string; label: string }) {
  return (
    <div class="snippet">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section tabIndex={0} aria-label={label}>
        <pre>
          {text
            .split('\n')
            .map((line) => visible(line, MAX_LINE))
            .join('\n')}
        </pre>
      </section>
      <CopyButton text={text} label={`Copy ${label}`} />
    </div>
  );
}

/** Copies a text and says so. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [state, setState] = useState<'' | 'copied' | 'failed'>('');
  const copy = async () => {
    setState((await write(text)) ? 'copied' : 'failed');
    setTimeout(() => setState(''), 1600);
  };
  const word = state === '' ? 'Copy' : state === 'copied' ? 'Copied' : 'Select it by hand';
  return (
    <button type="button" class="copy" aria-label={state === '' ? label : word} onClick={copy}>
      <span aria-live="polite">{word}</span>
    </button>
  );
}

async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return writeBySelection(text);
  }
}

/** For pages that may not use the clipboard directly. */
function writeBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}
