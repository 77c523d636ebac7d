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
    const cli = resolve('src/cli.ts');
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
    return this.#start('bash', ['-c', script], env);
  }

  /** The same of a program with its arguments. */
  start(args: readonly string[]): Promise<Ran> {
    return this.#start('wireproof', args, {});
  }

  #start(program: string, args: readonly string[], env: object): Promise<Ran> {
    const path = [this.path('bin'), process.env.PATH].join(delimiter);
    const child = spawn(program, args, {
      cwd: this.folder,
      env: { PATH: path, HOME: this.folder, ...env },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk;
      });
    }
    return new Promise((done, fail) => {
      child.once('error', fail);
      child.once('close', (code) => done({ code, output }));
    });
  }
}

export interface Ran {
  readonly code: number | null;
  readonly output: string;
}
