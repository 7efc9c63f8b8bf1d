import { createAttemptLimiter } from './attempt-limiter.ts';
import { type Clock, type GuardedRequest, type GuardSettings, guardSettingsOf, refusalOf, refusalResponse } from './request-guard.ts';

const limiter = createAttemptLimiter({ attempts: 20, windowSeconds: 60 });
let settings: GuardSettings | undefined;

/** The guard's settings, read once from the environment. */
export function guardSettings(): GuardSettings {
  settings ??= guardSettingsOf(process.env);
  return settings;
}

/** The time now, and this process's count of failed attempts. */
export function guardClock(): Clock {
  return { limiter, nowSeconds: Date.now() / 1000 };
}

/**
 * Answers a request that must not be served, undefined for one that may. proxy.ts asks this for every path but the snapshot upload, whose
 * route has to ask itself: what passes the proxy is held in memory whole and cut off at 10 MB (Next's `proxyClientMaxBodySize`).
 */
export function guardRequest(request: GuardedRequest): Response | undefined {
  const refusal = refusalOf(request, guardSettings(), guardClock());
  return refusal === undefined ? undefined : refusalResponse(refusal);
}
