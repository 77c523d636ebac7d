/** Where a stream stands: `value` is `batch[at]`. */
interface Head<T> {
  readonly stream: number;
  batch: readonly T[];
  at: number;
  value: T;
}

const BATCH = 500;

/**
 * Merges sorted streams, each in batches, into one; equal values come in the order of the streams. Of
 * each stream one batch is held.
 */
export async function* mergeSorted<T>(
  streams: readonly AsyncIterator<readonly T[]>[],
  compare: (a: T, b: T) => number,
): AsyncGenerator<readonly T[]> {
  const before = (a: Head<T>, b: Head<T>) => (compare(a.value, b.value) || a.stream - b.stream) < 0;
  const heap: Head<T>[] = [];
  for (const [stream, iterator] of streams.entries()) {
    const batch = await nextBatch(iterator);
    if (!batch) continue;
    heap.push({ stream, batch, at: 0, value: batch[0] as T });
    siftUp(heap, before);
  }
  let merged: T[] = [];
  for (let top = heap[0]; top; top = heap[0]) {
    merged.push(top.value);
    if (merged.length === BATCH) {
      yield merged;
      merged = [];
    }
    if (++top.at === top.batch.length) {
      top.batch = (await nextBatch(streams[top.stream] as AsyncIterator<readonly T[]>)) ?? [];
      top.at = 0;
    }
    if (top.batch.length > 0) top.value = top.batch[top.at] as T;
    else {
      const last = heap.pop() as Head<T>;
      if (heap.length > 0) heap[0] = last;
    }
    siftDown(heap, before);
  }
  if (merged.length > 0) yield merged;
}

/** The next one that is not empty. */
async function nextBatch<T>(
  stream: AsyncIterator<readonly T[]>,
): Promise<readonly T[] | undefined> {
  for (let next = await stream.next(); !next.done; next = await stream.next()) {
    if (next.value.length > 0) return next.value;
  }
  return undefined;
}

function siftUp<T>(heap: T[], before: (a: T, b: T) => boolean): void {
  for (let i = heap.length - 1; i > 0; ) {
    const parent = (i - 1) >> 1;
    if (!before(heap[i] as T, heap[parent] as T)) return;
    swap(heap, i, parent);
    i = parent;
  }
}

function siftDown<T>(heap: T[], before: (a: T, b: T) => boolean): void {
  for (let i = 0; ; ) {
    let first = i;
    for (const child of [2 * i + 1, 2 * i + 2]) {
      if (child < heap.length && before(heap[child] as T, heap[first] as T)) first = child;
    }
    if (first === i) return;
    swap(heap, i, first);
    i = first;
  }
}

function swap<T>(heap: T[], i: number, j: number): void {
  const kept = heap[i] as T;
  heap[i] = heap[j] as T;
  heap[j] = kept;
}
