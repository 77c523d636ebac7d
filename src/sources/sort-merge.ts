interface Head<T> {
  readonly stream: number;
  readonly value: T;
}

/** Merges sorted streams into one; equal values come in the order of the streams. */
export async function* mergeSorted<T>(
  streams: readonly AsyncIterator<T>[],
  compare: (a: T, b: T) => number,
): AsyncGenerator<T> {
  const before = (a: Head<T>, b: Head<T>) => (compare(a.value, b.value) || a.stream - b.stream) < 0;
  const heap: Head<T>[] = [];
  for (const [stream, iterator] of streams.entries()) {
    const next = await iterator.next();
    if (next.done) continue;
    heap.push({ stream, value: next.value });
    siftUp(heap, before);
  }
  for (let top = heap[0]; top; top = heap[0]) {
    yield top.value;
    const next = await (streams[top.stream] as AsyncIterator<T>).next();
    if (next.done) {
      const last = heap.pop() as Head<T>;
      if (heap.length > 0) heap[0] = last;
    } else heap[0] = { stream: top.stream, value: next.value };
    siftDown(heap, before);
  }
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
