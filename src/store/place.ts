import { UsageError } from '../support/errors.ts';
import { visible } from '../support/escape.ts';

/** Where a baseline is kept. */
export type Place =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'git'; readonly ref: string; readonly path: string }
  | S3Place
  | { readonly kind: 'artifact'; readonly name: string };

export interface S3Place {
  readonly kind: 's3';
  readonly bucket: string;
  readonly key: string;
  readonly region?: string;
  readonly endpoint?: string;
}

/** Below a ref that names no path of its own. */
const GIT_PATH = 'baseline.json.zst';

const FORMS = 'FILE, git:REF[:PATH], s3://BUCKET/KEY or artifact:NAME';

/**
 * Reads a place as it is written: `FILE`, `git:REF[:PATH]`, `s3://BUCKET/KEY[?region=…&endpoint=…]`,
 * `artifact:NAME`. A file whose name begins like another place is written `./git:…`. Throws UsageError.
 */
export function parsePlace(text: string): Place {
  if (text.startsWith('git:')) return gitPlace(text);
  if (text.startsWith('s3:')) return s3Place(text);
  if (text.startsWith('artifact:')) return artifactPlace(text);
  const [scheme] = /^[a-z][a-z0-9+.-]+:\/\//i.exec(text) ?? [];
  if (scheme !== undefined) throw wrong(text, `a baseline is not kept at ${scheme}…`);
  return { kind: 'file', path: text };
}

/** Where a ref without `refs/` is a branch. */
function gitPlace(text: string): Place {
  const [ref = '', ...rest] = text.slice('git:'.length).split(':');
  const path = rest.length === 0 ? GIT_PATH : rest.join(':');
  const full = ref.startsWith('refs/') ? ref : `refs/heads/${ref}`;
  if (!isRef(full)) throw wrong(text, 'REF is no name that git allows for a branch or a ref');
  if (!isPath(path)) throw wrong(text, 'PATH must be a relative path without . and ..');
  return { kind: 'git', ref: full, path };
}

/** What git-check-ref-format allows, and less. */
function isRef(ref: string): boolean {
  return (
    /^refs\/(?:[\w+=%#!$&()-][\w.+=%#!$&()-]*\/)+[\w+=%#!$&()-][\w.+=%#!$&()-]*$/.test(ref) &&
    !/\.\.|\.lock(?:\/|$)|\.(?:\/|$)|\/-/.test(ref)
  );
}

function isPath(path: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: git takes them, people don't mean them
  if (/[\u0000-\u001f\u007f]/.test(path)) return false;
  return path.split('/').every((part) => !['', '.', '..'].includes(part) && !/^\.git$/i.test(part));
}

function s3Place(text: string): Place {
  const [, bucket = '', key = '', query = ''] =
    /^s3:\/\/([^/?]*)\/?([^?]*)(?:\?(.*))?$/s.exec(text) ?? [];
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$/.test(bucket)) {
    throw wrong(text, 'it must be s3://BUCKET/KEY');
  }
  if (key === '' || Buffer.byteLength(key) > 1024) {
    throw wrong(text, 'KEY must name an object, in at most 1,024 bytes');
  }
  const settings = new Map(new URLSearchParams(query));
  for (const name of settings.keys()) {
    if (name !== 'region' && name !== 'endpoint') {
      throw wrong(text, `it takes ?region= and ?endpoint=, not ?${name}=`);
    }
  }
  const [region, endpoint] = [settings.get('region'), settings.get('endpoint')];
  if (endpoint !== undefined && !isHttp(endpoint)) {
    throw wrong(text, 'the endpoint must be a URL that begins with http:// or https://');
  }
  return { kind: 's3', bucket, key, ...(region && { region }), ...(endpoint && { endpoint }) };
}

function isHttp(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** GitHub refuses other names. */
function artifactPlace(text: string): Place {
  const name = text.slice('artifact:'.length);
  if (name === '' || name.length > 255 || /["*/:<>?|\\\r\n]/.test(name)) {
    throw wrong(text, 'NAME must be 1 to 255 characters without " * / : < > ? | \\');
  }
  return { kind: 'artifact', name };
}

function wrong(text: string, why: string): UsageError {
  return new UsageError(`${visible(text, 200)}: ${visible(why)}`, { hint: `a place is ${FORMS}` });
}
