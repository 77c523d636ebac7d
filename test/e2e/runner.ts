import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** What a step of a workflow left behind. */
export interface StepResult {
  readonly code: number | null;
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/**
 * Starts the built Action as GitHub's runner does: the bundle alone, away from the repository and
 * its node_modules; inputs in the environment; files for summary and outputs; an empty workspace.
 */
export class Runner {
  readonly #folder: string;
  #steps = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Lays the Action's own folder out. */
  async install(): Promise<void> {
    await cp('dist', join(this.#folder, 'action', 'dist'), { recursive: true });
    await mkdir(this.workspace);
  }

  get workspace(): string {
    return join(this.#folder, 'workspace');
  }

  async step(inputs: Readonly<Record<string, string>>, env = {}): Promise<StepResult> {
    const files = join(this.#folder, `step-${++this.#steps}`);
    await mkdir(files);
    const child = spawn(process.execPath, [join(this.#folder, 'action', 'dist', 'action.js')], {
      cwd: this.workspace,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
        HOME: this.#folder,
        CI: 'true',
        GITHUB_ACTIONS: 'true',
        GITHUB_WORKSPACE: this.workspace,
        GITHUB_OUTPUT: join(files, 'output'),
        GITHUB_STEP_SUMMARY: join(files, 'summary.md'),
        ...Object.fromEntries(
          Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
        ),
        ...env,
      },
    });
    let log = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        log += chunk;
      });
    }
    const [code] = (await once(child, 'close')) as [number | null];
    const read = (name: string) => readFile(join(files, name), 'utf8').catch(() => '');
    return {
      code,
      log,
      summary: await read('summary.md'),
      outputs: parseOutputs(await read('output')),
    };
  }
}

function parseOutputs(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^(\w+)<<(ghadelimiter_\S+)\n(.*)\n\2$/gm)].map(([, name, , value]) => [
      name,
      value,
    ]),
  );
}

/** The command that serves a recording on standard streams, as `kubeshark mcp` serves a cluster. */
export function hubCommand(capture: string): string {
  return `'${process.execPath}' '${resolve('test/hub/stdio.ts')}' mcp --capture '${capture}'`;
}

/** Serves a recording over HTTP in a process of its own. */
export async function startHub(
  capture: string,
  ...options: readonly string[]
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const args = ['test/hub/main.ts', '--capture', capture, '--port', '0', ...options];
  const child: ChildProcess = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [chunk] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  const stop = async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  };
  return { url: chunk.toString().trim(), stop };
}
