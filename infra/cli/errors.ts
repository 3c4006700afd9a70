/** What the person at the command line can mend: shown as one sentence, without a stack. */
export class UsageError extends Error {
  override name = 'UsageError';
}
