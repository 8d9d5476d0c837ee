/** What the log says of anything that was thrown: where it comes from, if it tells. */
export function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
