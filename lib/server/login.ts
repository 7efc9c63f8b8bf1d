import { SESSION_COOKIE, SESSION_SECONDS, secretsEqual, sessionValue } from './access-token.ts';
import { type Clock, tooManyAttempts } from './request-guard.ts';

/** The form has one field; more than this is no login. */
const MAXIMUM_FORM_BYTES = 16_384;

/**
 * Where to go after the login: a path of this site and nothing else. `//evil.example` and `/\evil.example` are other sites to a browser.
 */
export function safeNextPath(path: string | null): string {
  return path !== null && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,2000}$/.test(path) && !path.startsWith('/login') ? path : '/';
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The login page, whole in one answer: it needs no script and nothing that lies behind the login. */
export function loginPage(nextPath: string, problem?: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>Log in · Podreach</title>
<style>
body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 16px/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText }
main { width: min(22rem, calc(100vw - 3rem)) }
h1 { font-size: 1.25rem; margin: 0 0 .25rem } p { margin: 0 0 1.25rem }
label { display: block; font-weight: 600; margin-bottom: .25rem }
input, button { font: inherit; width: 100%; box-sizing: border-box; padding: .6rem .75rem; border-radius: .5rem; border: 1px solid GrayText }
button { margin-top: .75rem; background: CanvasText; color: Canvas; font-weight: 600; cursor: pointer }
[role=alert] { border-left: 4px solid; padding-left: .75rem }
</style>
</head>
<body><main>
<h1>Podreach</h1>
<p>This server asks for its access token (PODREACH_TOKEN).</p>
${problem === undefined ? '' : `<p role="alert">${escapeHtml(problem)}</p>`}
<form method="post" action="/login?next=${escapeHtml(encodeURIComponent(nextPath))}">
<label for="token">Access token</label>
<input id="token" name="token" type="password" required autofocus autocomplete="current-password" spellcheck="false">
<button type="submit">Log in</button>
</form>
</main></body>
</html>
`;
}

const html = (status: number, body: string, headers: Record<string, string> = {}): Response =>
  new Response(body, { status, headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store', ...headers } });

/**
 * Answers /login: GET shows the form, POST takes the token from the body and sets a cookie that is not the token. The caller has checked
 * the Host and the Origin.
 */
export async function answerLogin(request: Request, token: string, { limiter, nowSeconds }: Clock): Promise<Response> {
  const url = new URL(request.url);
  const next = safeNextPath(url.searchParams.get('next'));
  if (request.method === 'GET' || request.method === 'HEAD') return html(200, loginPage(next));
  if (request.method !== 'POST') return html(405, loginPage(next), { Allow: 'GET, POST' });
  const waitSeconds = limiter.waitSeconds(nowSeconds);
  if (waitSeconds > 0) return html(429, loginPage(next, tooManyAttempts(waitSeconds).detail), { 'Retry-After': String(waitSeconds) });
  const given = await tokenOf(request);
  if (given === undefined || !secretsEqual(given, token)) {
    limiter.failed(nowSeconds);
    return html(401, loginPage(next, 'That is not the access token.'));
  }
  const secure = request.headers.get('x-forwarded-proto') === 'https' ? '; Secure' : '';
  const cookie = `${SESSION_COOKIE}=${sessionValue(token, nowSeconds)}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${SESSION_SECONDS}${secure}`;
  // Next wants a whole URL of the host that it thinks it is, and sends the browser the path alone.
  return new Response(null, {
    status: 303,
    headers: { Location: new URL(next, url).href, 'Set-Cookie': cookie, 'Cache-Control': 'no-store' },
  });
}

async function tokenOf(request: Request): Promise<string | undefined> {
  const length = Number(request.headers.get('content-length') ?? Number.NaN);
  if (!request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded') || !(length <= MAXIMUM_FORM_BYTES))
    return undefined;
  return new URLSearchParams(await request.text()).get('token') ?? undefined;
}
