import { rule, sa } from '../../inventory/testing/cluster.ts';
import { adminBehind, behind } from '../testing/exposed-service.ts';
import { tablesOf } from '../testing/finding-table.ts';

const reader = (type = 'LoadBalancer', count = 12) => {
  const fixture = behind(type)
    .role('a/r', rule('list', '', 'secrets'))
    .roleBinding('a/b', 'Role/r', sa('a/bot'));
  for (let index = 0; index < count; index += 1) fixture.secret(`a/s${index}`);
  return fixture;
};

tablesOf('exposed-secret-reader', {
  finds: [['a load balancer in front of one who lists secrets', reader(), ['high Pod a/web']]],
  silent: [
    ['a service inside', reader('ClusterIP')],
    ['a few secrets, which may be its own', reader('LoadBalancer', 5)],
    ['cluster admin, which has a finding of its own', adminBehind()],
  ],
});
