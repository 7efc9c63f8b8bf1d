import { accountWith } from '../../graph/testing/aws-account.ts';
import { API, annotated, FOR_OTHERS, FOR_VAULT, POD } from '../testing/annotated-account.ts';
import { tablesOf } from '../testing/finding-table.ts';

tablesOf('broken-link', {
  finds: [
    ['a trust for somebody else', annotated({ trust: FOR_OTHERS }).pod('shop/one', POD), ['low ServiceAccount shop/api']],
    [
      'a role that does not exist',
      accountWith({}).serviceAccount('shop/api', {
        metadata: { namespace: 'shop', name: 'api', annotations: { 'eks.amazonaws.com/role-arn': API } },
      }),
      ['low ServiceAccount shop/api'],
    ],
  ],
  silent: [
    ['a link that works', annotated()],
    ['another audience, which has a finding of its own', annotated({ trust: FOR_VAULT })],
    ['no annotation', accountWith({}).serviceAccount('shop/api')],
  ],
});
