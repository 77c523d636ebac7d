import {
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { CaptureError } from '../support/errors.ts';
import { bounded } from './bounded.ts';
import type { StoreContext } from './open-store.ts';
import type { S3Place } from './place.ts';
import { isConflict, isMissing, s3Error } from './s3-errors.ts';
import { MAX_STORED_BYTES, type Store, StoreConflict, type Stored } from './store.ts';

const CONNECT_MS = 10_000;
/** Without a byte either way. */
const IDLE_MS = 60_000;

/**
 * An object of a bucket of S3, or of what speaks like it. It is put in one request with a checksum:
 * the server takes all of it or keeps what it has.
 */
export class S3Store implements Store {
  readonly name: string;
  readonly #place: S3Place;
  readonly #client: S3Client;
  readonly #signal: AbortSignal;

  constructor(place: S3Place, { env, signal }: StoreContext) {
    this.name = `s3://${place.bucket}/${place.key}`;
    this.#place = place;
    this.#client = new S3Client(settings(place, env));
    this.#signal = signal;
  }

  async read(): Promise<Stored | undefined> {
    const { bucket: Bucket, key: Key } = this.#place;
    try {
      const command = new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' });
      const { Body, ContentLength, ETag } = await this.#client.send(command, {
        abortSignal: this.#signal,
      });
      if ((ContentLength ?? 0) > MAX_STORED_BYTES) {
        throw new CaptureError(`${this.name} has more than ${MAX_STORED_BYTES} bytes`);
      }
      const bytes = await bounded(Body as unknown as AsyncIterable<Uint8Array>);
      return { bytes, ...(ETag && { revision: ETag }) };
    } catch (cause) {
      if (isMissing(cause)) return undefined;
      throw this.#told('read', cause);
    }
  }

  async write(bytes: Uint8Array, replacing?: string | null): Promise<void> {
    const { bucket: Bucket, key: Key } = this.#place;
    const only = replacing === null ? { IfNoneMatch: '*' } : replacing && { IfMatch: replacing };
    const command = new PutObjectCommand({
      Bucket,
      Key,
      Body: bytes,
      ContentType: 'application/zstd',
      ChecksumAlgorithm: 'CRC32',
      ...only,
    });
    try {
      await this.#client.send(command, { abortSignal: this.#signal });
    } catch (cause) {
      if (replacing !== undefined && isConflict(cause)) throw new StoreConflict(this.name);
      throw this.#told('write', cause);
    }
  }

  #told(what: 'read' | 'write', cause: unknown): Error {
    if (cause instanceof CaptureError || this.#signal.aborted) return cause as Error;
    return s3Error(what, this.#place, cause);
  }
}

/** What else there is to know, the client takes from its usual chain: variables, profiles, roles. */
function settings(place: S3Place, env: StoreContext['env']): S3ClientConfig {
  const configured =
    env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === 'true'
      ? undefined
      : env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL;
  const endpoint = place.endpoint ?? configured;
  const region =
    place.region ??
    env.AWS_REGION ??
    env.AWS_DEFAULT_REGION ??
    (endpoint ? 'us-east-1' : undefined);
  return {
    ...(region && { region }),
    // A bucket is a part of the host's name at Amazon only.
    ...(endpoint && { endpoint, forcePathStyle: true }),
    maxAttempts: 4,
    // Not requestTimeout, which only warns on the console, and counts the upload.
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: IDLE_MS },
  };
}
