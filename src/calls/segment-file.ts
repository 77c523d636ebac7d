import { idClass } from './segment-id.ts';

const extensions: ReadonlySet<string> = new Set(
  (
    'jpg jpeg png gif webp svg ico bmp tif tiff avif heic mp3 wav ogg flac mp4 webm mov avi mkv m3u8 ts ' +
    'pdf doc docx xls xlsx ppt pptx odt txt md csv tsv log json xml yaml yml toml html htm css js mjs map ' +
    'zip gz tgz tar bz2 xz zst 7z rar jar war whl deb rpm apk exe dmg iso bin dat woff woff2 ttf eot ' +
    'ics vcf geojson kml gpx pem crt key sig asc patch diff wasm parquet avro'
  ).split(' '),
);

/** Where the extension of a file name begins, or -1 when it bears no known one. */
export function extensionAt(text: string): number {
  const dot = text.lastIndexOf('.');
  if (dot <= 0 || text.length - dot > 8) return -1;
  return extensions.has(text.slice(dot + 1).toLowerCase()) ? dot : -1;
}

/** `{file}` when the name before the extension surely varies; plain names (`robots.txt`) stay words. */
export function fileClass(text: string): string | undefined {
  const dot = extensionAt(text);
  if (dot < 0) return undefined;
  const stem = text.slice(0, dot);
  if (/\d{2}/.test(stem) || idClass(stem)) return '{file}';
  for (const part of stem.split('.')) if (idClass(part)) return '{file}';
  return undefined;
}
