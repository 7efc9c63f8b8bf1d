import { accountWith, role } from '../../graph/testing/aws-account.ts';
import { annotated, EVERYTHING, FOR_OTHERS, POD, TRUST } from '../testing/annotated-account.ts';
import { tablesOf } from '../testing/finding-table.ts';

tablesOf('unused-link', {
  finds: [
    ['an account that no pod runs as', annotated().pod('z/other'), ['low ServiceAccount shop/api']],
    ['an administrator', annotated({ inline: EVERYTHING }).pod('z/other'), ['medium ServiceAccount shop/api']],
  ],
  silent: [
    ['a world of which no pod was read', annotated()],
    ['pods', annotated().pod('shop/one', POD)],
    ['a CronJob that runs at night', annotated().workload('CronJob', 'shop/nightly', { serviceAccount: 'api' })],
    ['a link that does not work', annotated({ trust: FOR_OTHERS }).pod('z/other')],
    ['an account without annotation', accountWith({ roles: [role('api', { trust: [TRUST] })] }).serviceAccount('shop/api')],
  ],
});
