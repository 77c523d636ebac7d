const WORDS: Readonly<Record<string, FileFailure>> = {
  ENOENT: { reason: 'there is no such file', remedy: 'check the path' },
  EACCES: { reason: 'permission denied', remedy: 'make the file readable for this user' },
  EPERM: { reason: 'permission denied', remedy: 'make the file readable for this user' },
  EISDIR: { reason: 'it is a directory', remedy: 'name a file in it' },
  DEVICE: { reason: 'it is a device', remedy: 'name a file or a pipe; `-` is stdin' },
  EMFILE: { reason: 'too many open files', remedy: 'raise the limit (`ulimit -n`)' },
};

/** Why a file can't be read, and what to do about it. */
export interface FileFailure {
  readonly reason: string;
  readonly remedy: string;
}

/** In words, what the system gave as the cause by its code, without paths; else the error's own words. */
export function fileFailure(cause: unknown): FileFailure {
  const { code = 'nothing', message } = cause as Partial<NodeJS.ErrnoException>;
  const isOfSystem = /^E[A-Z\d]+$/.test(code) || message === undefined;
  const reason = isOfSystem ? `the system says ${code}` : message;
  return WORDS[code] ?? { reason, remedy: 'check the file' };
}
