/**
 * In the bundle instead of what unpacks a downloaded artifact, which we do ourselves: one of the
 * packages for it (`buffers`) is under no license.
 */
function notBundled(): never {
  throw new Error('downloads are not part of this bundle');
}

export default { Extract: notBundled, Parse: notBundled };
