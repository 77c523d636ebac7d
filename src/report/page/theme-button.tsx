import { useState } from 'preact/hooks';

type Theme = 'light' | 'dark';
const KEY = 'wireproof-theme';

/** Changes between dark and light; begins with what the system prefers. */
export function ThemeButton() {
  const [theme, setTheme] = useState<Theme>(current);
  const other = theme === 'dark' ? 'light' : 'dark';
  const change = () => {
    document.documentElement.dataset.theme = other;
    setTheme(other);
    try {
      localStorage.setItem(KEY, other);
    } catch {
      // A page from a file may have no storage: the choice holds while it is open.
    }
  };
  return (
    <button type="button" class="icon" onClick={change} aria-label={`Show in ${other} colours`}>
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
        <circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" stroke-width="1.6" />
        <path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor" />
      </svg>
    </button>
  );
}

/** Takes up what was chosen the last time. */
export function restoreTheme(): void {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept === 'light' || kept === 'dark') document.documentElement.dataset.theme = kept;
  } catch {
    // No storage: what the system prefers.
  }
}

function current(): Theme {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
