import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { runShop, type ShopOptions } from '../../demo/shop.ts';

/** Files of one capture of the demo's shop. */
export interface ShopCapture {
  readonly calls: string;
  readonly truth: string;
}

/** Captures the shop into `folder`/`name`; a capture that is there already is used again. */
export async function captureShop(
  folder: string,
  name: string,
  options: Omit<ShopOptions, 'out'>,
): Promise<ShopCapture> {
  const out = join(folder, name);
  const files = { calls: join(out, 'calls.ndjson'), truth: join(out, 'truth.ndjson') };
  try {
    await access(files.truth);
  } catch {
    process.stderr.write(`capturing ${name}\n`);
    await runShop({ ...options, out });
  }
  return files;
}
