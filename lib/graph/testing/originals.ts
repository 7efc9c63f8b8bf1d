import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence } from '../model.ts';

type Json = { readonly [key: string]: Json } & readonly Json[];

const identityOf = (kind: string, namespace: unknown, name: unknown): string => JSON.stringify([kind, namespace ?? '', name]);

/** The objects of a snapshot folder as their APIs print them, to look evidence up in: read without any of the product's code. */
export function readOriginals(folder: string): (evidence: Evidence) => unknown {
  const objects = new Map<string, unknown>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.json')) continue;
    const answer = JSON.parse(readFileSync(join(entry.parentPath, entry.name), 'utf8')) as Json;
    for (const [identity, object] of objectsOf(answer)) objects.set(identity, object);
    // The answer does not say whose provider it is; its path does.
    const account = /(\d{12})[/\\]iam-get-open-id-connect-provider$/.exec(entry.parentPath)?.[1];
    if (account !== undefined)
      objects.set(identityOf('AwsOidcProvider', '', `arn:aws:iam::${account}:oidc-provider/${answer.Url}`), answer);
  }
  return ({ kind, namespace, name }) => objects.get(identityOf(kind, namespace, name));
}

function objectsOf(answer: Json): [string, unknown][] {
  const items = Array.isArray(answer.items) ? answer.items : [answer];
  const found: [string, unknown][] = items
    .filter(({ kind, metadata }: Json) => kind !== undefined && metadata !== undefined)
    .map((item: Json) => [identityOf(String(item.kind), item.metadata?.namespace, item.metadata?.name), item]);
  for (const role of answer.RoleDetailList ?? []) found.push([identityOf('AwsRole', '', role.Arn), role]);
  for (const policy of answer.Policies ?? []) found.push([identityOf('AwsManagedPolicy', '', policy.Arn), policy]);
  if (answer.association !== undefined) found.push([identityOf('PodIdentityAssociation', '', answer.association.associationArn), answer]);
  return found;
}

/** Whether it is a JSON pointer at all. Source: RFC 6901, section 3. */
export const isPointer = (pointer: string): boolean => /^(?:\/(?:[^~/]|~[01])*)*$/.test(pointer);

/** What a pointer points at; undefined: nothing. Source: RFC 6901, section 4. */
export function resolvePointer(document: unknown, pointer: string): unknown {
  let at: unknown = document;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}
