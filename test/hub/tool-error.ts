/** What the Hub answers with an HTTP status instead of a result. */
export class ToolError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
