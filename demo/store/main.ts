import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { PGlite } from '@electric-sql/pglite';
import { cacheFolder } from '../cluster/caches.ts';
import { makeDataset } from '../data/dataset.ts';
import type { Fault } from '../incidents/fault.ts';
import { runChild } from '../processes/child-main.ts';
import { unixNow } from '../processes/unix-now.ts';
import { databaseSql } from './schema.ts';
import { createWireServer } from './wire-server.ts';

/** What the director says to the store: to be as new, or slow from now on. */
export type StoreMessage = { readonly dataSeed: number } | { readonly fault: Fault };

runChild(async () => {
  const db = await openEmpty();
  let delay = 0;
  const server = createWireServer(db, () => delay);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ready: { port: (server.address() as AddressInfo).port },
    tell: async (message) => {
      const told = message as StoreMessage;
      if ('fault' in told) {
        delay = told.fault.kind === 'slow' ? told.fault.low : 0;
        return unixNow();
      }
      delay = 0;
      await db.exec('DROP SCHEMA public CASCADE; CREATE SCHEMA public;');
      await db.exec(databaseSql(makeDataset(told.dataSeed)));
      return undefined;
    },
  };
});

/** Files of one version of PGlite are no good for another. */
async function emptyDatabaseFile(): Promise<URL> {
  const manifest = new URL('../package.json', import.meta.resolve('@electric-sql/pglite'));
  const { version } = JSON.parse(await readFile(manifest, 'utf8'));
  return new URL(`postgres-${version}.tar`, cacheFolder);
}

/** An empty database costs seconds to initialise, so its files are kept for the next start. */
async function openEmpty(): Promise<PGlite> {
  const emptyDatabase = await emptyDatabaseFile();
  const files = await readFile(emptyDatabase).catch(() => undefined);
  if (files) return PGlite.create({ loadDataDir: new Blob([files]) });
  const db = await PGlite.create();
  const dump = await db.dumpDataDir('none');
  await mkdir(cacheFolder, { recursive: true });
  const partial = new URL(`partial-${process.pid}.tar`, cacheFolder);
  await writeFile(partial, Buffer.from(await dump.arrayBuffer()));
  await rename(partial, emptyDatabase);
  return db;
}
