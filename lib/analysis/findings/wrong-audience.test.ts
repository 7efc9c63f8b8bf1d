import { accountWith } from '../../graph/testing/aws-account.ts';
import { annotated, FOR_OTHERS, FOR_VAULT } from '../testing/annotated-account.ts';
import { tablesOf } from '../testing/finding-table.ts';

tablesOf('wrong-audience', {
  finds: [
    ['a trust for another audience', annotated({ trust: FOR_VAULT }), ['low ServiceAccount shop/api']],
    [
      'an audience that the provider does not know',
      annotated({ annotations: { 'eks.amazonaws.com/audience': 'vault' } }),
      ['low ServiceAccount shop/api'],
    ],
  ],
  silent: [
    ['a link that works', annotated()],
    ['a trust for somebody else', annotated({ trust: FOR_OTHERS })],
    ['no annotation', accountWith({}).serviceAccount('shop/api')],
  ],
});
