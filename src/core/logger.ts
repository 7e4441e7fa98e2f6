/** The log port. Messages never hold keys, prompts or file contents: say what was decided, with counts and ids. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string, error?: unknown): void;
}
