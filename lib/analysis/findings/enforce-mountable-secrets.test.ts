import { cluster } from '../../inventory/testing/cluster.ts';
import { tablesOf } from '../testing/finding-table.ts';

const annotated = (annotations: Record<string, string>) =>
  cluster().serviceAccount('a/bot', { metadata: { namespace: 'a', name: 'bot', annotations } });

tablesOf('enforce-mountable-secrets', {
  finds: [['the annotation', annotated({ 'kubernetes.io/enforce-mountable-secrets': 'true' }), ['low ServiceAccount a/bot']]],
  silent: [
    ['false', annotated({ 'kubernetes.io/enforce-mountable-secrets': 'false' })],
    ['another value, which the API server takes for no', annotated({ 'kubernetes.io/enforce-mountable-secrets': 'TRUE' })],
    ['none', cluster().serviceAccount('a/bot')],
    ['another prefix', annotated({ 'eks.amazonaws.com/enforce-mountable-secrets': 'true' })],
  ],
});
