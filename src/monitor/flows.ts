export type { Flow, FlowReading } from '../calls/flow.ts';
