import type { DetectorKind } from '../../detector.ts';
import { adminPath } from './admin-path.ts';
import { beacon } from './beacon.ts';
import { cardNumbers } from './card-numbers.ts';
import { dangerousCommand } from './dangerous-command.ts';
import { dnsTunnel } from './dns-tunnel.ts';
import { enumeration } from './enumeration.ts';
import { injection } from './injection.ts';
import { massDownload } from './mass-download.ts';
import { metadataService } from './metadata-service.ts';
import { missingAuthorization } from './missing-authorization.ts';
import { passwordGuessing } from './password-guessing.ts';
import { plaintextEgress } from './plaintext-egress.ts';
import { scan } from './scan.ts';
import { secretInClear } from './secret-in-clear.ts';

/** What may be an attack, or invites one. */
export const SECURITY_DETECTORS: readonly DetectorKind[] = [
  adminPath,
  beacon,
  cardNumbers,
  dangerousCommand,
  dnsTunnel,
  enumeration,
  injection,
  massDownload,
  metadataService,
  missingAuthorization,
  passwordGuessing,
  plaintextEgress,
  scan,
  secretInClear,
];
