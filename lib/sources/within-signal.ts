/** The result of a promise that cannot be aborted itself; rejects with the signal's reason as soon as that is aborted. */
export async function withinSignal<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  // When it fails later, nobody may be waiting for it any more.
  promise.catch(() => undefined);
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
