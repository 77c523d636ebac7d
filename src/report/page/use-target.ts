import { useEffect, useState } from 'preact/hooks';

/** The fragment that a link leads to; what it names is shown and focused once it is drawn. */
export function useTarget(): string {
  const [target, setTarget] = useState(current);
  useEffect(() => {
    const onChange = () => setTarget(current());
    addEventListener('hashchange', onChange);
    return () => removeEventListener('hashchange', onChange);
  }, []);
  useEffect(() => {
    if (!target.startsWith('f-')) return;
    // The details around it open one after another.
    let tries = 20;
    const look = () => {
      const element = document.getElementById(target);
      if (element) {
        element.scrollIntoView({ block: 'start' });
        element.querySelector('summary')?.focus({ preventScroll: true });
      } else if (tries-- > 0) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, [target]);
  return target;
}

function current(): string {
  return location.hash.slice(1);
}
