import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReplayRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text as it is; everything else as JSON. */
  readonly body?: unknown;
  /** Breaks the connection in place of an answer. */
  readonly hangUp?: boolean;
  /** Promises so many bytes and breaks the connection after the body. */
  readonly cutAfter?: number;
  /** Never answers. */
  readonly silent?: boolean;
}

export interface ReplayServer {
  readonly base: string;
  readonly requests: readonly ReplayRequest[];
  close(): Promise<void>;
}

/** A server on a free port of this machine that answers what `answer` says and remembers what it was asked. */
export async function startReplayServer(answer: (request: ReplayRequest) => Reply): Promise<ReplayServer> {
  const requests: ReplayRequest[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const asked = { method: request.method ?? '', url: new URL(request.url ?? '/', 'http://replay'), headers: request.headers, body };
    requests.push(asked);
    send(response, answer(asked));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, { status = 200, headers = {}, body, hangUp, cutAfter, silent }: Reply): void {
  if (silent === true) return;
  if (hangUp === true) return void response.destroy();
  if (cutAfter !== undefined) {
    response.writeHead(status, { 'content-length': String(cutAfter) });
    return void response.write(String(body), () => response.destroy());
  }
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
