import { describe, expect, test } from 'vitest';
import type { Gap } from './gap.ts';
import { isUnread, unreadIn } from './unread-list.ts';

const gap = (what: string, more: Partial<Gap> = {}): Gap => ({
  id: 'g',
  source: 'kubernetes',
  what,
  why: 'forbidden',
  remedy: 'grant it',
  ...more,
});
const VAP = 'validatingadmissionpolicies';
const GATEWAYS = 'gateways.gateway.networking.k8s.io';

describe('a list was not read', () => {
  test.each<[string, string, Gap]>([
    ['as a gap calls it', 'pods', gap('pods')],
    ['that is one of several', 'pods', gap('2 lists', { resources: ['secrets', 'pods'] })],
    ['that a gap names with its group', VAP, gap('x', { resources: [`${VAP}.admissionregistration.k8s.io`] })],
    ['that is asked for with its group', `${VAP}.admissionregistration.k8s.io`, gap(VAP)],
    ['of an optional group', GATEWAYS, gap(GATEWAYS)],
    ['of RBAC, as a message names it', 'roles', gap('roles.rbac.authorization.k8s.io')],
    ['in some namespace', 'pods', gap('pods', { namespaces: ['a'] })],
  ])('%s', (_name, list, one) => expect(isUnread({ gaps: [one] }, list)).toBe(true));
});

describe('stays silent', () => {
  test.each<[string, string, Gap]>([
    ['another list', 'pods', gap('secrets')],
    ['a list whose name begins like it', 'pods', gap('podsecuritypolicies')],
    ['the same plural of another group', 'networkpolicies', gap('networkpolicies.crd.projectcalico.org')],
    ['the same plural of an optional group', 'gateways', gap(GATEWAYS)],
    ['the built-in list, asked for that of another group', 'networkpolicies.crd.projectcalico.org', gap('networkpolicies')],
    ['a gap whose words are a list and whose lists are others', 'pods', gap('pods', { resources: ['secrets'] })],
    ['a gap that names nothing', 'pods', gap('pods', { resources: [] })],
    ['a file', 'pods', gap('what `pods.json` holds')],
    ['a name that begins with a dot', '.apps', gap('apps')],
    ['a hostile name', '__proto__', gap('constructor')],
  ])('%s', (_name, list, one) => expect(isUnread({ gaps: [one] }, list)).toBe(false));
});

test.each<[string, Partial<Gap>, [boolean, boolean]]>([
  ['everywhere', {}, [true, true]],
  ['in the namespaces that it names', { namespaces: ['a'] }, [true, false]],
  ['in all but those that it excepts', { exceptNamespaces: ['a'] }, [false, true]],
  ['in none', { namespaces: [] }, [false, false]],
])('a gap holds %s', (_name, more, expected) => {
  const holds = unreadIn({ gaps: [gap('nodes'), gap('pods', more)] }, 'pods');
  expect([holds('a'), holds('b')]).toEqual(expected);
});
