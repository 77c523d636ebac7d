import type { ComponentChildren } from 'preact';
import { ThemeButton } from './theme-button.tsx';

/** A part of a page, by the id of its section. */
export interface PageLink {
  readonly id: string;
  readonly name: string;
}

/** The bar that stays on top of a page: ways to its parts, and what looks for something in it. */
export function TopBar(props: {
  of: 'report' | 'status';
  links: readonly PageLink[];
  children?: ComponentChildren;
}) {
  return (
    <nav class="top" aria-label={`Parts of the ${props.of}`}>
      <a class="brand" href="#top">
        Wireproof
      </a>
      <span class="parts">
        {props.links.map(({ id, name }) => (
          <a key={id} href={`#${id}`}>
            {name}
          </a>
        ))}
      </span>
      {props.children}
      <ThemeButton />
    </nav>
  );
}
