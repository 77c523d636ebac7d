import type { StepBack } from '../calls/order.ts';
import { type OrderOf, OutOfOrderError } from '../sources/ndjson.ts';

/**
 * Reads files taking for granted that their calls are in order of time, as they nearly always are, and once
 * more where they are not, and then told where they first are not: a look over a file beforehand costs a
 * good part of reading it.
 */
export async function assumingOrder<T>(
  read: (order: OrderOf, step?: StepBack) => Promise<T>,
): Promise<T> {
  try {
    return await read('assumed');
  } catch (error) {
    if (!(error instanceof OutOfOrderError)) throw error;
    return read('looked-over', error.step);
  }
}
