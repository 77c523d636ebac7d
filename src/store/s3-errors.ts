import { CaptureError } from '../support/errors.ts';
import { visible } from '../support/escape.ts';
import type { S3Place } from './place.ts';

interface Fault {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const CREDENTIALS =
  'give credentials in the usual way: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, or a role (aws-actions/configure-aws-credentials)';
const REGION = 'give the right region: ?region=… or AWS_REGION';

/** What is wrong by the name that S3 or the client gives it, and what to do. */
const REMEDIES: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  NoSuchBucket: ['there is no such bucket', 'create it, or check its name and the endpoint'],
  InvalidAccessKeyId: ['the access key is not known there', CREDENTIALS],
  SignatureDoesNotMatch: ['the secret access key is wrong', CREDENTIALS],
  ExpiredToken: ['the credentials have expired', CREDENTIALS],
  InvalidToken: ['the session token is not valid', CREDENTIALS],
  CredentialsProviderError: ['there are no credentials', CREDENTIALS],
  PermanentRedirect: ['the bucket is in another region', REGION],
  AuthorizationHeaderMalformed: ['the region is wrong', REGION],
  RequestTimeTooSkewed: ["this machine's clock is wrong", 'set the clock'],
};

const PERMISSIONS = { read: 's3:GetObject', write: 's3:PutObject' } as const;

/** The bucket is there, the object isn't. */
export function isMissing(error: unknown): boolean {
  const { name } = error as Fault;
  return name === 'NoSuchKey' || name === 'NotFound';
}

/** The object is another one than the condition of the request names. */
export function isConflict(error: unknown): boolean {
  const { name, $metadata } = error as Fault;
  if (name === 'NoSuchKey' || name === 'ConditionalRequestConflict') return true;
  return $metadata?.httpStatusCode === 412;
}

/** The error that names bucket, key and remedy. */
export function s3Error(what: 'read' | 'write', place: S3Place, cause: unknown): CaptureError {
  const { reason, hint } = told(what, place, cause as Fault);
  return new CaptureError(`cannot ${what} s3://${place.bucket}/${place.key}: ${reason}`, {
    cause,
    hint,
  });
}

function told(what: 'read' | 'write', { bucket, key }: S3Place, fault: Fault) {
  const [reason, hint] = REMEDIES[fault.name ?? ''] ?? [];
  if (reason !== undefined) return { reason, hint: hint as string };
  const status = fault.$metadata?.httpStatusCode;
  if (status === 403) {
    const list = what === 'read' ? `; without s3:ListBucket a missing object looks so, too` : '';
    const object = visible(`arn:aws:s3:::${bucket}/${key}`, 300);
    return { reason: 'access denied', hint: `it needs ${PERMISSIONS[what]} on ${object}${list}` };
  }
  if (/region is missing/i.test(fault.message ?? '')) {
    return { reason: 'no region is known', hint: REGION };
  }
  const known = fault.message || fault.code || fault.name || 'no reason given';
  return {
    reason: visible(status === undefined ? known : `${known} (HTTP ${status})`, 300),
    hint: 'check the endpoint and the network; what was stored before is still there',
  };
}
