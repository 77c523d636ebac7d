import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** Draws its content when it comes near the screen: a large report opens at once. */
export function Lazy({ children }: { children: () => ComponentChildren }) {
  const [near, setNear] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place.current) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        setNear(true);
        observer.disconnect();
      },
      { rootMargin: '800px' },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={place} class={near ? undefined : 'awaited'}>
      {near && children()}
    </div>
  );
}

/** A list that shows more when asked. */
export function Paged<T>(props: {
  items: readonly T[];
  step: number;
  noun: string;
  /** Shows at least so many. */
  least?: number;
  children: (items: readonly T[]) => ComponentChildren;
}) {
  const { items, step, noun, least = 0 } = props;
  const [count, setCount] = useState(step);
  const shown = Math.max(count, least);
  const left = items.length - shown;
  return (
    <>
      {props.children(items.slice(0, shown))}
      {left > 0 && (
        <button type="button" class="more" onClick={() => setCount(shown + step)}>
          Show {Math.min(step, left)} more{' '}
          <span class="muted">
            of {left} {noun} left
          </span>
        </button>
      )}
    </>
  );
}
