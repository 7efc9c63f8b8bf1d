import { codeWord, commonRefusal } from '../refusal.ts';
import { isRecord, type Refusal, textOf } from '../rest-reader.ts';
import { GCP_METHODS, type GcpMethodName } from './methods.ts';

/**
 * What an answer that is not 200 means. Of the answer itself only code words are told: messages may quote anything.
 * Source: https://cloud.google.com/apis/design/errors, https://cloud.google.com/storage/docs/json_api/v1/status-codes
 */
export function explainGcp(api: GcpMethodName, status: number, body: unknown): Refusal {
  const common = commonRefusal(status, 'Google Cloud');
  if (common !== undefined) return common;
  const reason = reasonOf(body);
  if (status === 401) {
    return {
      why: 'Google Cloud does not accept the credentials (401)',
      remedy: 'sign in again with `gcloud auth application-default login`, and collect again',
    };
  }
  if (status === 404)
    return { why: 'Google Cloud knows no such thing (404)', remedy: 'check the name; if it was deleted, nothing is missing' };
  if (status !== 403) {
    return {
      why: `Google Cloud refused the request (${withReason(status, reason)})`,
      remedy: 'check the name of the project, and collect again',
    };
  }
  return reason !== undefined && DISABLED.has(reason) ? disabled(api, status, reason) : forbidden(api, status, reason);
}

const DISABLED = new Set(['SERVICE_DISABLED', 'accessNotConfigured']);

function disabled(api: GcpMethodName, status: number, reason: string): Refusal {
  const service = `${api.split('.', 1)[0]}.googleapis.com`;
  return {
    why: `the API ${service} is not enabled in this project, or in the project that the credentials bill to (${withReason(status, reason)})`,
    remedy: `if the project uses it, run \`gcloud services enable ${service}\` there and collect again; else nothing is missing`,
  };
}

function forbidden(api: GcpMethodName, status: number, reason: string | undefined): Refusal {
  const { permission, role } = GCP_METHODS[api];
  return {
    why: `Google Cloud forbids ${permission} (${withReason(status, reason)})`,
    remedy: `grant a role that has it, such as ${role}, to whoever collects (docs/gcp.md lists all that are needed)`,
    permission,
  };
}

function withReason(status: number, reason: string | undefined): string {
  return reason === undefined ? String(status) : `${status} ${reason}`;
}

/** `google.rpc.ErrorInfo.reason`, else the reason of the storage API's own form. */
function reasonOf(body: unknown): string | undefined {
  const error = isRecord(body) ? body.error : undefined;
  if (!isRecord(error)) return undefined;
  for (const list of [error.details, error.errors]) {
    for (const entry of Array.isArray(list) ? list.slice(0, 20) : []) {
      const word = codeWord(textOf(entry, 'reason'));
      if (word !== undefined) return word;
    }
  }
  return codeWord(textOf(error, 'status'));
}
