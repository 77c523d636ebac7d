const MAX_PARTS = 1000;
const MAX_HEADER = 8192;

/**
 * The parts of a multipart body (RFC 7578, RFC 2046) as one object: by name, whether it is a file,
 * and its content type; contents are not kept. Undefined without a boundary.
 */
export function decodeMultipart(text: string, contentType: string): unknown[] | undefined {
  const boundary =
    /;\s*boundary="?([^";]{1,128})"?/i.exec(contentType)?.[1] ??
    /^\s*--(\S{1,128})/.exec(text)?.[1];
  if (boundary === undefined) return undefined;
  const parts: { [name: string]: unknown } = Object.create(null);
  const chunks = text.split(`--${boundary}`, MAX_PARTS);
  if (chunks.length < 2) return undefined;
  for (const chunk of chunks.slice(1)) {
    if (chunk.startsWith('--')) break;
    const head = chunk.slice(0, MAX_HEADER).split(/\r?\n\r?\n/, 1)[0] ?? '';
    const disposition = /^content-disposition:[^\r\n]*/im.exec(head)?.[0] ?? '';
    const name = /[;\s]name="?([^";\r\n]{1,256})"?/i.exec(disposition)?.[1];
    if (name === undefined) continue;
    const type = /^content-type:\s*([\w.+-]+\/[\w.+-]+)/im.exec(head)?.[1]?.toLowerCase();
    parts[name] = {
      file: /[;\s]filename\*?=/i.test(disposition),
      ...(type !== undefined && { 'content-type': type }),
    };
  }
  return [parts];
}
