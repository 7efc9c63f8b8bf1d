import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Shortest PODREACH_TOKEN that is taken; `openssl rand -hex 24` gives 48 characters. */
export const MINIMUM_TOKEN_LENGTH = 16;

export const SESSION_COOKIE = 'podreach_session';

/** How long a login lasts. */
export const SESSION_SECONDS = 12 * 60 * 60;

/** Whether two secrets are equal, in a time that says nothing of where they differ nor how long they are. */
export function secretsEqual(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

function signature(token: string, expiresAtSeconds: number): string {
  return createHmac('sha256', token).update(`podreach session until ${expiresAtSeconds}`).digest('base64url');
}

/** Value of the session cookie: an expiry signed with the token. Who reads it learns neither the token nor a longer session. */
export function sessionValue(token: string, nowSeconds: number): string {
  const expiresAtSeconds = Math.floor(nowSeconds) + SESSION_SECONDS;
  return `${expiresAtSeconds}.${signature(token, expiresAtSeconds)}`;
}

/** Whether a cookie value was signed with this token and has not run out. A new token ends every session. */
function isSession(value: string, token: string, nowSeconds: number): boolean {
  const match = /^(\d{1,12})\.([\w-]{1,64})$/.exec(value);
  if (!match) return false;
  const expiresAtSeconds = Number(match[1]);
  return secretsEqual(match[2] ?? '', signature(token, expiresAtSeconds)) && expiresAtSeconds > nowSeconds;
}

export type Access = 'granted' | 'absent' | 'wrong';

/**
 * Whether a request carries the token: `Authorization: Bearer TOKEN`, or the session cookie that /login sets. A token in the URL
 * counts for nothing: URLs end up in logs and histories. A wrong or expired cookie is `absent`, not `wrong`: nobody guesses with it,
 * and an expired login must not use up the attempts of the next.
 */
export function accessOf(headers: Headers, token: string, nowSeconds: number): Access {
  const bearer = /^Bearer +(\S{1,4096}) *$/i.exec(headers.get('authorization') ?? '');
  if (bearer) return secretsEqual(bearer[1] ?? '', token) ? 'granted' : 'wrong';
  const session = cookieValue(headers.get('cookie') ?? '', SESSION_COOKIE);
  return session !== undefined && isSession(session, token, nowSeconds) ? 'granted' : 'absent';
}

function cookieValue(header: string, name: string): string | undefined {
  for (const part of header.split(';')) {
    const [key, ...value] = part.split('=');
    if (key?.trim() === name) return value.join('=').trim();
  }
  return undefined;
}
