import { UsageError } from '../support/errors.ts';
import { FileStore } from './file-store.ts';
import { parsePlace } from './place.ts';
import type { Store } from './store.ts';

/** What opening a store may use. */
export interface StoreContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Tells the user what happens. */
  readonly note: (line: string) => void;
  /** Opens `artifact:NAME`: lent by GitHub's face, absent where there is none. */
  readonly openArtifact?: OpenArtifact | undefined;
}

export type OpenArtifact = (name: string, context: StoreContext) => Promise<Store>;

/** Opens the store at a place as it is written. Its client is loaded here, on demand. Throws UsageError. */
export async function openStore(text: string, context: StoreContext): Promise<Store> {
  const place = parsePlace(text);
  switch (place.kind) {
    case 'file':
      return new FileStore(place.path);
    case 'git':
      return new (await import('./git-store.ts')).GitStore(place, context);
    case 's3':
      return new (await import('./s3-store.ts')).S3Store(place, context);
    case 'artifact': {
      if (context.openArtifact) return context.openArtifact(place.name, context);
      throw new UsageError(
        `${text} needs GitHub Actions: an artifact belongs to a workflow's run`,
        {
          hint: 'elsewhere keep the baseline in a file, git:REF or s3://BUCKET/KEY',
        },
      );
    }
  }
}
