import type { FlowReading } from '../calls/flow.ts';
import type { Capture } from '../calls/observation.ts';
import type { Slot } from './slot.ts';

/** Where a monitor's calls come from. Every member throws CaptureError while the Hub can't be asked. */
export interface TrafficSource {
  /** The calls of a window, both ends included. */
  capture(window: Slot): Capture;
  /** How many there are now, to see whether late ones came; undefined where the Hub doesn't say. */
  count(window: Slot): Promise<number | undefined>;
  /** What is still held, Unix ms; undefined where the Hub doesn't say. */
  held(): Promise<{ readonly oldest: number; readonly newest: number } | undefined>;
  /** L4 as it is now; undefined where the Hub has no such tool. */
  flows(now: number): Promise<FlowReading | undefined>;
  /** Keeps the packets of a window; gives the snapshot's name. */
  keep(window: Slot): Promise<string>;
  close(): Promise<void>;
}
