import { describe, expect, it } from 'vitest';
import type { LabelSelector } from '../../inventory/kubernetes.ts';
import type { NetworkPolicy, NetworkPolicyRule } from '../../inventory/network-policy.ts';
import { egressToAddress, selects } from './egress.ts';

const EVERY: LabelSelector = { matchLabels: new Map(), matchExpressions: [] };
const labelled = (key: string, value: string): LabelSelector => ({ matchLabels: new Map([[key, value]]), matchExpressions: [] });
const rule = (more: Partial<NetworkPolicyRule> = {}): NetworkPolicyRule => ({ ports: [], peers: [], ...more });
const block = (cidr: string, ...except: string[]): NetworkPolicyRule => rule({ peers: [{ ipBlock: { cidr, except } }] });
const policy = (egress: readonly NetworkPolicyRule[], more: Partial<NetworkPolicy> = {}): NetworkPolicy => ({
  namespace: 'shop',
  name: 'p',
  podSelector: EVERY,
  policyTypes: ['Egress'],
  ingress: [],
  egress,
  ...more,
});
const POD = { namespace: 'shop', labels: new Map([['app', 'web']]) };
const METADATA = { address: '169.254.169.254', port: 80 };
const ask = (...policies: NetworkPolicy[]) => egressToAddress(policies, POD, METADATA).state;

describe('egressToAddress', () => {
  it.each<[string, NetworkPolicy[]]>([
    ['no policy', []],
    ['a policy for ingress alone', [policy([], { policyTypes: ['Ingress'] })]],
    ['a policy without types and without egress rules', [policy([], { policyTypes: [] })]],
    ['a policy of another namespace', [policy([], { namespace: 'pay' })]],
    ['a policy for other pods', [policy([], { podSelector: labelled('app', 'db') })]],
    ['a rule without peers', [policy([rule()])]],
    ['a block of everything', [policy([block('0.0.0.0/0')])]],
    ['a block of everything but something else', [policy([block('0.0.0.0/0', '10.0.0.0/8')])]],
    ['the address alone', [policy([block('169.254.169.254/32')])]],
    ['a block that leaves it out beside one that has it', [policy([block('0.0.0.0/0', '169.254.0.0/16'), block('169.254.169.254/32')])]],
    ['a policy that blocks beside one that lets out', [policy([]), policy([rule()], { name: 'q' })]],
    ['the port', [policy([rule({ ports: [{ protocol: 'TCP', port: '80' }] })])]],
    ['any port of TCP', [policy([rule({ ports: [{ protocol: 'TCP' }] })])]],
    ['a range of ports', [policy([rule({ ports: [{ port: '1', endPort: 1024 }] })])]],
  ])('is open: %s', (_name, policies) => {
    expect(ask(...policies)).toBe('open');
  });

  it.each<[string, NetworkPolicy[]]>([
    ['a default deny', [policy([])]],
    ['a default deny without types is none, but one with egress rules is', [policy([block('10.0.0.0/8')], { policyTypes: [] })]],
    ['a block of everything but the address', [policy([block('0.0.0.0/0', '169.254.169.254/32')])]],
    ['a block of everything but its network', [policy([block('0.0.0.0/0', '10.0.0.0/8', '169.254.0.0/16')])]],
    ['another block', [policy([block('10.0.0.0/8')])]],
    ['a block of IPv6', [policy([block('::/0')])]],
    ['pods alone', [policy([rule({ peers: [{ podSelector: EVERY }, { namespaceSelector: EVERY }] })])]],
    ['another port', [policy([rule({ ports: [{ port: '443' }] })])]],
    ['the port by UDP', [policy([rule({ ports: [{ protocol: 'UDP', port: '80' }] })])]],
    ['a range beside it', [policy([rule({ ports: [{ port: '81', endPort: 90 }] })])]],
    ['a named port, which no address outside has', [policy([rule({ ports: [{ port: 'http' }] })])]],
    ['a block that cannot be read', [policy([block('everywhere')])]],
    ['two that both block', [policy([]), policy([block('10.0.0.0/8')], { name: 'q' })]],
  ])('is blocked: %s', (_name, policies) => {
    expect(ask(...policies)).toBe('blocked');
  });

  it('names the policies that block, and of an open way those that let out', () => {
    const [deny, allow] = [policy([], { name: 'deny' }), policy([rule()], { name: 'allow' })];
    expect(egressToAddress([deny], POD, METADATA).policies).toEqual([deny]);
    expect(egressToAddress([deny, allow], POD, METADATA).policies).toEqual([allow]);
  });

  it('refuses what is no address: that is a fault of ours', () => {
    expect(() => egressToAddress([], POD, { address: 'metadata', port: 80 })).toThrow('no address: `metadata`');
  });
});

describe('selects', () => {
  const labels = new Map([['app', 'web']]);
  const expression = (key: string, operator: string, ...values: string[]): LabelSelector => ({
    matchLabels: new Map(),
    matchExpressions: [{ key, operator, values }],
  });
  it.each<[string, LabelSelector, boolean]>([
    ['nothing asked', EVERY, true],
    ['the label', labelled('app', 'web'), true],
    ['another value', labelled('app', 'db'), false],
    ['a label that is not there', labelled('tier', 'web'), false],
    ['In', expression('app', 'In', 'db', 'web'), true],
    ['In, others', expression('app', 'In', 'db'), false],
    ['In, absent', expression('tier', 'In', 'db'), false],
    ['NotIn', expression('app', 'NotIn', 'db'), true],
    ['NotIn, its own', expression('app', 'NotIn', 'web'), false],
    ['NotIn, absent', expression('tier', 'NotIn', 'web'), true],
    ['Exists', expression('app', 'Exists'), true],
    ['Exists, absent', expression('tier', 'Exists'), false],
    ['DoesNotExist', expression('tier', 'DoesNotExist'), true],
    ['DoesNotExist, there', expression('app', 'DoesNotExist'), false],
    ['an operator that does not exist', expression('app', 'Like', 'web'), false],
  ])('%s', (_name, selector, expected) => {
    expect(selects(selector, labels)).toBe(expected);
  });
});
