import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/**
 * What opens and closes by click, Enter and Space, and closes by Escape; its content is drawn when it is
 * open only.
 */
export function Details(props: {
  summary: ComponentChildren;
  children: () => ComponentChildren;
  class?: string;
  id?: string;
  /** Opens it when it becomes true. */
  open?: boolean;
}) {
  const [open, setOpen] = useState(props.open ?? false);
  const element = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (props.open) setOpen(true);
  }, [props.open]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return;
    event.stopPropagation();
    setOpen(false);
    element.current?.querySelector('summary')?.focus();
  };
  return (
    <details
      ref={element}
      class={props.class}
      id={props.id}
      open={open}
      onToggle={(event) => {
        if (event.target === element.current) setOpen(event.currentTarget.open);
      }}
      onKeyDown={onKeyDown}
    >
      <summary>{props.summary}</summary>
      {open && props.children()}
    </details>
  );
}
