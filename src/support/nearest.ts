/** The known name that a misspelt one most likely stands for, or undefined when none is near. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const given = name.slice(0, 64);
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(given.length / 3)) + 1;
  for (const candidate of known) {
    const distance =
      candidate.startsWith(given) && given.length >= 3 ? 1 : editDistance(given, candidate);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Levenshtein's distance, where neighbours that changed places are one mistake; three rows at a time. */
function editDistance(a: string, b: string): number {
  let higher: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (above[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? (higher[j - 2] as number) + 1
          : Number.POSITIVE_INFINITY;
      row.push(Math.min(replaced, swapped, (above[j] as number) + 1, (row[j - 1] as number) + 1));
    }
    higher = above;
    above = row;
  }
  return above[b.length] as number;
}
