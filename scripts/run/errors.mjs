/** The person asked for something that cannot be: one sentence, exit code 2. */
export class UsageError extends Error {
  exitCode = 2;
}

/** The machine is not in the state that the command needs: one sentence without a stack, exit code 1. */
export class SetupError extends Error {
  exitCode = 1;
}
