import type { ComponentChildren } from 'preact';
import { visible } from '../../support/escape.ts';
import { shown } from '../words.ts';

/** A text from traffic as code: every character is seen as what it is. */
export function Code({ children, max = 700 }: { children: string; max?: number }) {
  return <code>{visible(children, max)}</code>;
}

/** A finding's value, bounded. */
export function asTold(value: string | number | null, max = 160): string {
  return visible(shown(value), max);
}

/** Before and after, side by side. */
export function BeforeAfter(props: { before: ComponentChildren; after: ComponentChildren }) {
  return (
    <span class="change">
      <span class="before">
        <span class="sr">before </span>
        {props.before}
      </span>
      <span class="arrow" aria-hidden="true">
        →
      </span>
      <span class="after">
        <span class="sr">after </span>
        {props.after}
      </span>
    </span>
  );
}

/** An operation split where its workload ends, so that the eye finds both. */
export function Operation({ name }: { name: string }) {
  const text = visible(name, 700);
  const space = text.indexOf(' ');
  if (space < 0) return <code class="operation">{text}</code>;
  return (
    <code class="operation">
      <b>{text.slice(0, space)}</b>
      {text.slice(space)}
    </code>
  );
}

/** Milliseconds with three significant digits, digits in threes. */
export function ms(value: number): string {
  return `${Number(value.toPrecision(3)).toLocaleString('en')} ms`;
}

/** A share as a percentage; small ones keep a digit. */
export function share(value: number): string {
  const percent = value * 100;
  return `${percent === 0 || percent >= 10 ? percent.toFixed(0) : percent.toFixed(1)} %`;
}
