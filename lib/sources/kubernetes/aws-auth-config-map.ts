import type { InventoryBuilder } from '../../inventory/builder.ts';
import { readAwsAuth } from '../aws-auth.ts';
import { type GapDraft, named } from './gaps.ts';
import { forbiddenUser } from './list.ts';
import { parseOrUndefined } from './page.ts';
import { fetchAnswer } from './request.ts';
import type { Run } from './run.ts';

/** The one ConfigMap that is read, by its name, so that the right to read no other is needed. */
const PATH = '/api/v1/namespaces/kube-system/configmaps/aws-auth';
const NAME = 'kube-system/aws-auth';

/**
 * Who the ConfigMap kube-system/aws-auth lets into the cluster. Clusters outside of EKS have none, and EKS clusters may have none:
 * 404 is an answer. Everything else that is no ConfigMap is a gap.
 */
export async function readAwsAuthConfigMap(run: Run, builder: InventoryBuilder): Promise<void> {
  const answer = await fetchAnswer(run, { path: PATH });
  if (answer.state === 'cut') return;
  if (answer.state === 'failed') {
    builder.addGap(unreadGap(answer.why));
    return;
  }
  const body = await answer.packed.whole;
  if (answer.state === 'refused') {
    if (answer.status === 404) builder.addAwsAuth([]);
    else if (answer.status === 403) builder.addGap(forbiddenGap(typeof body === 'string' ? undefined : forbiddenUser(body)));
    else builder.addGap(unreadGap(`the server answered ${answer.status}`));
    return;
  }
  const value = typeof body === 'string' ? undefined : parseOrUndefined(body.toString('utf8'));
  if (!readAwsAuth(value, { source: 'kubernetes' }, builder)) builder.addGap(unreadGap('the answer is no such ConfigMap'));
}

const GAP = { source: 'kubernetes', what: `ConfigMap ${NAME}`, resources: ['configmaps'], namespaces: ['kube-system'] } as const;

function forbiddenGap(user: string | undefined): GapDraft {
  const account = /^system:serviceaccount:([a-z0-9-]+):([a-z0-9.-]+)$/.exec(user ?? '');
  const subject = account === null ? `--user=${user ?? 'USER'}` : `--serviceaccount=${account[1]}:${account[2]}`;
  return {
    ...GAP,
    why: `the API server forbids ${user === undefined ? 'this user' : named([user])} to get configmaps ${NAME} (403), so which AWS identities it lets in is not known`,
    remedy:
      'allow it by name: `kubectl --namespace kube-system create role podreach-aws-auth --verb=get --resource=configmaps --resource-name=aws-auth` and ' +
      `\`kubectl --namespace kube-system create rolebinding podreach-aws-auth --role=podreach-aws-auth ${subject}\``,
    permission: `get configmaps ${NAME}`,
  };
}

function unreadGap(problem: string): GapDraft {
  return {
    ...GAP,
    why: `it was not read: ${problem}; so which AWS identities it lets in is not known`,
    remedy: `try \`kubectl get --raw ${PATH}\`, then collect again`,
  };
}
