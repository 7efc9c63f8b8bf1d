/** Counts failed attempts in a window that starts with the first of them. */
export interface AttemptLimiter {
  /** Seconds until the next attempt is allowed; 0 when it is now. */
  waitSeconds(nowSeconds: number): number;
  failed(nowSeconds: number): void;
}

/**
 * Slows down guessing the token. It counts for the whole server, not by address: behind a proxy every address is the same one, and the
 * header that would tell them apart is the sender's to write. Who is logged in is not counted and not slowed down.
 */
export function createAttemptLimiter({ attempts, windowSeconds }: { attempts: number; windowSeconds: number }): AttemptLimiter {
  let windowStart = Number.NEGATIVE_INFINITY;
  let failures = 0;
  return {
    waitSeconds(nowSeconds) {
      const left = windowStart + windowSeconds - nowSeconds;
      return failures >= attempts && left > 0 ? Math.ceil(left) : 0;
    },
    failed(nowSeconds) {
      if (nowSeconds - windowStart >= windowSeconds) {
        windowStart = nowSeconds;
        failures = 0;
      }
      failures += 1;
    },
  };
}
