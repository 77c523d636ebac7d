/** How tool calls reach the Hub: a child process, MCP over HTTP, or the Hub's own endpoints. */
export interface Transport {
  /** For messages: the command line or the URL, no secrets. */
  readonly name: string;
  /** Calls that may be under way at once. */
  readonly parallel: number;
  /** Throws HubFailure. */
  tools(signal: AbortSignal): Promise<readonly Tool[]>;
  /** The tool's answer as parsed JSON, integers beyond 2^53 as digits. Throws HubFailure. */
  call(tool: string, args: ToolArguments, signal: AbortSignal): Promise<unknown>;
  /**
   * Saves a file that a tool named by its path, at most `maxBytes` of it and a little more. Throws
   * HubFailure.
   */
  download(path: string, dest: string, maxBytes: number, signal: AbortSignal): Promise<void>;
  /** Ends what was started; safe to repeat. */
  close(): Promise<void>;
}

export interface Tool {
  readonly name: string;
  /** Argument names and, where told, their JSON type. */
  readonly parameters: ReadonlyMap<string, string | undefined>;
}

export type ToolArguments = Readonly<Record<string, string | number | boolean>>;
