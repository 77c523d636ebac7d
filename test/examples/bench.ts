import { spawn } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';

/** A folder to run examples in, with `wireproof` on its PATH. */
export class Bench {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async in(folder: string): Promise<Bench> {
    const bin = join(folder, 'bin');
    await mkdir(bin);
    const program = join(bin, 'wireproof');
    const cli = resolve('dist/cli.js');
    await writeFile(program, `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`);
    await chmod(program, 0o755);
    return new Bench(folder);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  async write(name: string, text: string): Promise<string> {
    await writeFile(this.path(name), text);
    return this.path(name);
  }

  /** The exit code of a script of the shell, and what it said. */
  run(script: string, env: Readonly<Record<string, string>> = {}): Promise<Ran> {
    return this.begin(script, env).ended;
  }

  /** The same of a script that may be killed before its end. */
  begin(script: string, env: Readonly<Record<string, string>> = {}): Running {
    return this.#start('bash', ['-c', script], env);
  }

  /** The same of a program with its arguments. */
  start(args: readonly string[]): Promise<Ran> {
    return this.#start('wireproof', args, {}).ended;
  }

  #start(program: string, args: readonly string[], env: object): Running {
    const path = [this.path('bin'), process.env.PATH].join(delimiter);
    const child = spawn(program, args, {
      cwd: this.folder,
      env: {
        PATH: path,
        HOME: this.folder,
        NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
        ...env,
      },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk;
      });
    }
    const ended = new Promise<Ran>((done, fail) => {
      child.once('error', fail);
      child.once('close', (code, signal) => done({ code, output, ...(signal && { signal }) }));
    });
    return { ended, kill: () => child.kill('SIGKILL') };
  }
}

interface Running {
  readonly ended: Promise<Ran>;
  readonly kill: () => boolean;
}

export interface Ran {
  readonly code: number | null;
  readonly output: string;
  readonly signal?: string;
}
