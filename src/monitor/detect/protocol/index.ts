import type { DetectorKind } from '../../detector.ts';
import { contract } from './contract-detector.ts';
import { grpcMismatch } from './grpc-mismatch.ts';
import { malformedHttp } from './malformed-http.ts';

/** Messages that are not what was agreed, by the learned contract or by the protocol. */
export const PROTOCOL_DETECTORS: readonly DetectorKind[] = [contract, grpcMismatch, malformedHttp];
