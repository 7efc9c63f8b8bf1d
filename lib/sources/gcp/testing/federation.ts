import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ReplayServer, type Reply, startReplayServer } from '../../testing/replay-server.ts';

export interface Federation {
  /** Of the credentials: what GOOGLE_APPLICATION_CREDENTIALS has to name. */
  readonly file: string;
  readonly sts: ReplayServer;
  close(): Promise<void>;
}

/** What Google's token service answers. */
export const tokenReply = (token: string): Reply => ({
  body: { access_token: token, issued_token_type: 'urn:ietf:params:oauth:token-type:access_token', token_type: 'Bearer', expires_in: 3600 },
});

/** Workload identity federation from a file, the kind of credentials that asks a server of ours for the token. */
export async function startFederation(reply: () => Reply, more: Record<string, unknown> = {}): Promise<Federation> {
  const folder = mkdtempSync(path.join(tmpdir(), 'podreach-adc-'));
  const sts = await startReplayServer(reply);
  const subject = path.join(folder, 'subject');
  const file = path.join(folder, 'adc.json');
  writeFileSync(subject, 'CANARY-subject-token');
  const credentials = {
    type: 'external_account',
    audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: `${sts.base}/v1/token`,
    credential_source: { file: subject },
    ...more,
  };
  writeFileSync(file, JSON.stringify(credentials));
  return {
    file,
    sts,
    close: async () => {
      rmSync(folder, { recursive: true });
      await sts.close();
    },
  };
}
