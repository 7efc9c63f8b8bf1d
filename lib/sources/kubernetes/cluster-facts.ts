import type { InventoryBuilder } from '../../inventory/builder.ts';
import { pathGap } from './gaps.ts';
import { isRecord, parseOrUndefined } from './page.ts';
import { fetchAnswer } from './request.ts';
import type { Run } from './run.ts';

/** Where a cluster names its issuer: https://openid.net/specs/openid-connect-discovery-1_0.html */
const OPENID_PATH = '/.well-known/openid-configuration';

/**
 * The version of the API server, asked for before anything else: it runs the credential plugin once, and throws SourceError
 * where the server cannot be reached, before every list finds out the same.
 */
export async function readVersion(run: Run, builder: InventoryBuilder): Promise<void> {
  const version = await readText(run, builder, { what: 'version', path: '/version', field: 'gitVersion', throws: true });
  if (version !== undefined) builder.setCluster({ version });
}

/** The OIDC issuer of the cluster's service account tokens. */
export async function readIssuer(run: Run, builder: InventoryBuilder): Promise<void> {
  const issuer = await readText(run, builder, { what: 'issuer', path: OPENID_PATH, field: 'issuer' });
  if (issuer !== undefined) builder.setCluster({ issuer });
}

interface Fact {
  readonly what: string;
  readonly path: string;
  readonly field: string;
  /** Throw where no answer comes at all. */
  readonly throws?: boolean;
}

async function readText(run: Run, builder: InventoryBuilder, { what, path, field, throws = false }: Fact): Promise<string | undefined> {
  const answer = await fetchAnswer(run, { path });
  if (answer.state === 'cut') return undefined;
  if (answer.state === 'failed' && throws && answer.error !== undefined) throw answer.error;
  if (answer.state === 'failed') builder.addGap(pathGap(what, path, answer.why));
  if (answer.state === 'refused') builder.addGap(pathGap(what, path, `the server answered (${answer.status})`));
  if (answer.state !== 'ok') return undefined;
  const body = await answer.packed.whole;
  const value = typeof body === 'string' ? undefined : parseOrUndefined(body.toString('utf8'));
  const text = isRecord(value) ? value[field] : undefined;
  if (typeof text === 'string' && text !== '' && text.length < 2048) return text;
  builder.addGap(pathGap(what, path, `the answer has no \`${field}\``));
  return undefined;
}
