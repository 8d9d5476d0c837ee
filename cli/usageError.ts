/** Something the caller asked for that cannot be done; the message says what to do instead. Ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
