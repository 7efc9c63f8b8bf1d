import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { guardClock, guardSettings } from './lib/server/guard-request.ts';
import { answerLogin } from './lib/server/login.ts';
import { isAllowedHost, isOwnWrite, type Refusal, refusalOf, refusalResponse } from './lib/server/request-guard.ts';
import { contentSecurityPolicy, STATIC_SECURITY_HEADERS } from './lib/server/security-headers.ts';

/**
 * Stands before every request: who may ask (lib/server/request-guard.ts decides), and the Content-Security-Policy with a nonce of its own
 * for each answer. Next takes the nonce from the policy in the request's headers for its scripts; our layout reads `x-nonce`.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  const nonce = randomBytes(18).toString('base64');
  const policy = contentSecurityPolicy({ nonce, development: process.env.NODE_ENV === 'development' });
  const own = await ownAnswer(request);
  if (own !== undefined) return withHeaders(own, policy);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  if (request.nextUrl.pathname.startsWith('/api/')) response.headers.set('Cache-Control', 'no-store');
  return withHeaders(response, policy);
}

/** The answers that never reach a page or a route: refusals and the login. */
async function ownAnswer(request: NextRequest): Promise<Response | undefined> {
  const settings = guardSettings();
  const { token } = settings;
  if (token !== undefined && request.nextUrl.pathname === '/login' && isAllowedHost(request.headers.get('host'), settings)) {
    if (isOwnWrite(request.method, request.headers, false)) return answerLogin(request, token, guardClock());
  }
  const refusal = refusalOf(request, settings, guardClock());
  if (refusal === undefined) return undefined;
  return wantsPage(request, refusal) ? toLogin(request) : refusalResponse(refusal);
}

/** A person who opens a page without a session is sent to the login; programs get the problem. */
function wantsPage(request: NextRequest, refusal: Refusal): boolean {
  return refusal.status === 401 && request.method === 'GET' && (request.headers.get('accept') ?? '').includes('text/html');
}

function toLogin(request: NextRequest): Response {
  const next = encodeURIComponent(request.nextUrl.pathname + request.nextUrl.search);
  const location = new URL(`/login?next=${next}`, request.url);
  return new Response(null, { status: 303, headers: { Location: location.href, 'Cache-Control': 'no-store' } });
}

function withHeaders(response: Response, policy: string): Response {
  response.headers.set('Content-Security-Policy', policy);
  for (const [name, value] of STATIC_SECURITY_HEADERS) response.headers.set(name, value);
  return response;
}

export const config = {
  // The upload guards itself (lib/server/guard-request.ts says why).
  matcher: '/((?!api/v1/snapshot$).*)',
};
