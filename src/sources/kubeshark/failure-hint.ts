import { CaptureError } from '../../support/errors.ts';
import type { HubFailure } from './hub-failure.ts';

/** A failure that ends the capture, with what the user can do about it. `name`: command or URL. */
export function captureErrorOf(failure: HubFailure, name: string): CaptureError {
  const { kind, message } = failure;
  const options = { hint: hints[kind], cause: failure };
  switch (kind) {
    case 'unauthorised':
      return new CaptureError(`The Hub asks for a credential (${name}): ${message}`, options);
    case 'unreachable':
      return new CaptureError(`Cannot reach Kubeshark by ${name}: ${message}`, options);
    case 'refused':
      return new CaptureError(`The Hub declined a request (${name}): ${message}`, options);
    case 'changed':
      return new CaptureError(`The Hub changed while it was read (${name}): ${message}`, options);
    default:
      return new CaptureError(`The Hub gives no usable answer (${name}): ${message}`, options);
  }
}

const hints: Readonly<Record<HubFailure['kind'], string>> = {
  unauthorised:
    'the token is missing or has expired (they last about an hour): make one with ' +
    '`kubectl create token kubeshark-cli --audience kubeshark-hub` and pass it by ' +
    'kubeshark-token or KUBESHARK_HUB_TOKEN',
  unreachable:
    'check that Kubeshark runs (`kubeshark tap`), that the kubeshark command is installed, or ' +
    'give the right kubeshark-url or kubeshark-command',
  refused: 'check the options against what this version of Kubeshark understands',
  changed: 'Kubeshark was upgraded or restarted meanwhile: capture again',
  unavailable: 'the Hub may be overloaded or restarting: try again, or take a shorter window',
  timeout: 'the Hub may be overloaded: try again, or take a shorter window',
  garbage: 'something between answers in place of the Hub: check kubeshark-url',
};
