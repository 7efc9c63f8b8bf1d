import { describe, expect, test } from 'vitest';
import type { PolicyRule } from '../../inventory/kubernetes.ts';
import { ruleAllows, ruleAllowsPath } from './rule.ts';

const rule = (more: Partial<PolicyRule>): PolicyRule => ({
  verbs: ['get'],
  apiGroups: [''],
  resources: ['pods'],
  resourceNames: [],
  nonResourceURLs: [],
  ...more,
});
const request = { verb: 'get', apiGroup: '', resource: 'pods', subresource: '', name: 'web' };

describe('a rule allows', () => {
  test.each([
    ['the same verb, group and resource', rule({}), request],
    ['any verb', rule({ verbs: ['*'] }), request],
    ['any group', rule({ apiGroups: ['*'] }), { ...request, apiGroup: 'apps' }],
    ['any resource, subresources too', rule({ resources: ['*'] }), { ...request, subresource: 'exec' }],
    ['the exact subresource', rule({ resources: ['pods/exec'] }), { ...request, subresource: 'exec' }],
    ['a subresource of anything', rule({ resources: ['*/scale'] }), { ...request, resource: 'deployments', subresource: 'scale' }],
    ['a named object', rule({ resourceNames: ['db', 'web'] }), request],
    ['one of several verbs', rule({ verbs: ['list', 'get'] }), request],
  ])('%s', (_name, one, asked) => expect(ruleAllows(one, asked)).toBe(true));
});

describe('a rule stays silent about', () => {
  test.each([
    ['another verb', rule({ verbs: ['list'] }), request],
    ['a verb in other letters', rule({ verbs: ['GET'] }), request],
    ['another group', rule({ apiGroups: ['apps'] }), request],
    ['another resource', rule({ resources: ['secrets'] }), request],
    ['a subresource of a resource that it allows', rule({}), { ...request, subresource: 'exec' }],
    ['the resource of a subresource that it allows', rule({ resources: ['pods/exec'] }), request],
    ['subresources by `pods/*`, which is no wildcard', rule({ resources: ['pods/*'] }), { ...request, subresource: 'exec' }],
    ['a resource by `*/exec`', rule({ resources: ['*/exec'] }), request],
    ['a subresource whose name only ends alike', rule({ resources: ['*/exec'] }), { ...request, subresource: 'reexec' }],
    ['an object that it does not name', rule({ resourceNames: ['db'] }), request],
    ['a request without a name where it names objects', rule({ resourceNames: ['web'] }), { ...request, name: '' }],
    ['objects by the name `*`, which is no wildcard', rule({ resourceNames: ['*'] }), request],
  ])('%s', (_name, one, asked) => expect(ruleAllows(one, asked)).toBe(false));
});

describe('a rule for paths', () => {
  const paths = (...nonResourceURLs: string[]): PolicyRule => rule({ nonResourceURLs });
  test.each([
    ['the same path', paths('/healthz'), '/healthz', true],
    ['every path', paths('*'), '/anything', true],
    ['a prefix', paths('/apis/*'), '/apis/apps', true],
    ['a path that is not named', paths('/healthz'), '/healthz/', false],
    ['what only begins alike', paths('/healthz'), '/healthz2', false],
    ['a star in the middle, which is no wildcard', paths('/a/*/b'), '/a/x/b', false],
    ['the prefix without its slash', paths('/apis/*'), '/apis', false],
  ])('%s', (_name, one, path, allowed) => expect(ruleAllowsPath(one, { verb: 'get', path })).toBe(allowed));
});
