import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AwsRequest, readAwsRequest } from './aws-request.ts';

export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** What a test does to one request instead of the recorded reply; undefined leaves it. */
export type Disturbance = (request: AwsRequest, recorded: Reply | undefined) => Reply | 'hang' | 'hang up' | undefined;

export interface Replay {
  readonly url: string;
  /** Everything that was asked, in order. */
  readonly requests: readonly AwsRequest[];
  close(): Promise<void>;
}

const WIRE = new URL('../testdata/wire/', import.meta.url);
const wire = (name: string): string => readFileSync(new URL(name, WIRE), 'utf8');

interface Recorded extends Reply {
  readonly account: string;
  readonly operation: string;
  readonly subject: string;
}

const CLUSTER = '/clusters/prod-eu';
const PROD = '111122223333';
/** The answers of shared/corpus/wire/aws, byte for byte. */
const FILES = [
  ['iam:GetAccountAuthorizationDetails', '', 'iam-GetAccountAuthorizationDetails.page-1.xml'],
  ['iam:GetAccountAuthorizationDetails', '25', 'iam-GetAccountAuthorizationDetails.page-2.xml'],
  ['iam:GetAccountAuthorizationDetails', '50', 'iam-GetAccountAuthorizationDetails.page-3.xml'],
  ['iam:ListOpenIDConnectProviders', '', 'iam-ListOpenIDConnectProviders.xml'],
  ['eks:DescribeCluster', CLUSTER, 'eks-DescribeCluster.prod-eu.json'],
  ['eks:ListPodIdentityAssociations', `${CLUSTER}/pod-identity-associations`, 'eks-ListPodIdentityAssociations.page-1.json'],
  ['eks:ListPodIdentityAssociations', `${CLUSTER}/pod-identity-associations 10`, 'eks-ListPodIdentityAssociations.page-2.json'],
] as const;

/** Everything else that the local AWS API (shared/tools/aws-api) answered when it was recorded, one JSON line an answer. */
function recordedAnswers(): Map<string, Reply> {
  const lines = wire('recorded.jsonl').trimEnd().split('\n');
  const answers = new Map(lines.map((line) => JSON.parse(line) as Recorded).map((one) => [keyOf(one.account, one), one as Reply]));
  for (const [operation, subject, file] of FILES)
    answers.set(keyOf(PROD, { operation, subject }), {
      status: 200,
      type: file.endsWith('.xml') ? 'text/xml' : 'application/json',
      body: wire(file),
    });
  return answers;
}

function keyOf(account: string, { operation, subject }: { readonly operation: string; readonly subject: string }): string {
  return JSON.stringify([account, operation, subject]);
}

/** The account that an access key `AKIA` + account + `TEST` acts in. */
export function accountOf({ accessKey }: AwsRequest): string {
  return accessKey.slice(4, 16);
}

/** Starts an API on this machine that answers as AWS did. Requests that nobody recorded get `ResourceNotFoundException`. */
export async function startReplay(disturb: Disturbance = () => undefined): Promise<Replay> {
  const answers = recordedAnswers();
  const requests: AwsRequest[] = [];
  const server: Server = createServer(async (incoming, outgoing) => {
    const request = await readAwsRequest(incoming);
    requests.push(request);
    const recorded = answers.get(keyOf(accountOf(request), request));
    const reply = disturb(request, recorded) ?? recorded ?? errorReply(request, 'ResourceNotFoundException', 404);
    if (reply === 'hang') return;
    if (reply === 'hang up') {
      incoming.socket.destroy();
      return;
    }
    outgoing.writeHead(reply.status, { 'content-type': reply.type }).end(reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An error as the protocol of the service prints it. Source: https://smithy.io/2.0/aws/protocols/index.html */
export function errorReply({ operation }: Pick<AwsRequest, 'operation'>, code: string, status: number): Reply {
  const [service = ''] = operation.split(':');
  const error = `<Code>${code}</Code><Message>CANARY in a message</Message>`;
  if (service === 'ec2') return xml(status, `<Response><Errors><Error>${error}</Error></Errors><RequestID>r</RequestID></Response>`);
  if (service === 's3') return xml(status, `<Error>${error}</Error>`);
  if (['iam', 'sts', 'sns'].includes(service))
    return xml(status, `<ErrorResponse><Error><Type>Sender</Type>${error}</Error></ErrorResponse>`);
  return { status, type: 'application/x-amz-json-1.1', body: JSON.stringify({ __type: code, message: 'CANARY in a message' }) };
}

export function xml(status: number, body: string): Reply {
  return { status, type: 'text/xml', body };
}

export function json(body: unknown): Reply {
  return { status: 200, type: 'application/json', body: JSON.stringify(body) };
}
