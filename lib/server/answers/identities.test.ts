import { describe, expect, test } from 'vitest';
import { DiagnosisRequest, IdentitiesRequest, LinksRequest, parameters } from '../../api/requests.ts';
import { accountWith, federated, ISSUER, role, roleArn } from '../../graph/testing/aws-account.ts';
import { type Dataset, datasetOf } from '../dataset.ts';
import { diagnosisAnswer } from './diagnosis.ts';
import { identitiesAnswer, linksAnswer } from './identities.ts';

const ask = (query: string) => parameters(new URLSearchParams(query));
const onlyFor = (...subjects: readonly string[]) =>
  federated({ StringEquals: { [`${ISSUER}:sub`]: subjects.map((subject) => `system:serviceaccount:${subject.replace('/', ':')}`) } });

/** Six service accounts; one role is wired, one broken, one possible, one open to all. */
function world(): Dataset {
  const fixture = accountWith({
    roles: [
      role('wired', { trust: [onlyFor('a/one')] }),
      role('broken', { trust: [onlyFor('a/other')] }),
      role('possible', { trust: [onlyFor('b/three')] }),
      role('open', { trust: [federated()] }),
    ],
  });
  const annotated = (name: string) => ({
    metadata: { namespace: 'a', name, annotations: { 'eks.amazonaws.com/role-arn': roleArn(name === 'one' ? 'wired' : 'broken') } },
  });
  fixture.serviceAccount('a/one', annotated('one')).serviceAccount('a/two', annotated('two'));
  for (const name of ['three', 'four', 'five', 'six']) fixture.serviceAccount(`b/${name}`);
  fixture.webhookConfiguration('MutatingWebhookConfiguration', 'pod-identity-webhook', {
    name: 'iam-for-pods.amazonaws.com',
    clientConfig: { url: 'https://127.0.0.1:23443/mutate' },
    failurePolicy: 'Ignore',
    rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
  });
  return datasetOf(fixture.inventory());
}

const data = world();
const matrix = (query = '') => identitiesAnswer(data, IdentitiesRequest.parse(ask(query)));

describe('the matrix', () => {
  test('puts what something points at first and what is open to everybody last', () => {
    const { serviceAccounts, identities } = matrix();
    expect(serviceAccounts.items).toEqual(['a/one', 'a/two', 'b/five', 'b/four', 'b/six', 'b/three']);
    expect(identities.items.map(({ label, open, admits }) => [label, open, admits])).toEqual([
      ['wired', false, 1],
      ['broken', false, 0],
      ['possible', false, 1],
      ['open', true, 6],
    ]);
  });

  test('marks each pair once, by its place in the window', () => {
    const { cells } = matrix('rows=2&columns=2');
    expect(cells.map(({ row, column, state }) => [row, column, state])).toEqual([
      [0, 0, 'wired'],
      [1, 1, 'broken'],
    ]);
  });

  test('a window further on counts from its own corner', () => {
    const answer = matrix('row=5&rows=1&column=2&columns=2');
    expect(answer.serviceAccounts).toEqual({ total: 6, offset: 5, items: ['b/three'] });
    expect(answer.identities.items.map(({ label }) => label)).toEqual(['possible', 'open']);
    expect(answer.cells.map(({ row, column, state }) => [row, column, state])).toEqual([
      [0, 0, 'possible'],
      [0, 1, 'possible'],
    ]);
  });

  test('a window beyond the end is empty and says how many there are', () => {
    const answer = matrix('row=100&column=100');
    expect([answer.serviceAccounts, answer.cells]).toEqual([{ total: 6, offset: 100, items: [] }, []]);
  });

  test.each([
    ['state=broken', ['a/two']],
    ['state=wired', ['a/one']],
    ['state=possible&everyone=hide', ['b/three']],
    ['namespace=a', ['a/one', 'a/two']],
    ['namespace=a&state=possible&everyone=hide', []],
    ['provider=gcp', []],
    ['q=B%2FTHREE', ['b/three']],
    ['q=role%2Fbroken', ['a/two']],
    ['q=subject-mismatch', ['a/two']],
    ['q=nothing-like-it', []],
  ])('filter %s', (query, accounts) => {
    expect(matrix(query).serviceAccounts.items).toEqual(accounts);
  });

  test('counts per state hold for the other filters, so that choosing a state keeps its promise', () => {
    expect(matrix('state=broken&everyone=hide').counts).toEqual({ wired: 1, broken: 1, possible: 1, conditional: 0 });
    expect(matrix('state=broken&everyone=hide').serviceAccounts.total).toBe(1);
  });
});

describe('the list', () => {
  test('is paged, with the total of what fits', () => {
    const page = linksAnswer(data, LinksRequest.parse(ask('everyone=hide&offset=1&limit=1')));
    expect([page.total, page.links.map(({ serviceAccount }) => serviceAccount)]).toEqual([3, ['a/one']]);
  });
});

describe('requests', () => {
  test.each(['rows=0', 'rows=201', 'columns=1000', 'row=-1', 'state=fine', 'provider=other', 'everyone=maybe', `q=${'x'.repeat(301)}`])(
    '%s is refused',
    (query) => {
      expect(IdentitiesRequest.safeParse(ask(query)).success).toBe(false);
    },
  );
});

describe('a diagnosis', () => {
  const diagnosis = (query: string) => diagnosisAnswer(data, DiagnosisRequest.parse(ask(query)));

  test('of a broken link names what fails first, and comes with the evidence', () => {
    const answer = diagnosis('account=a/two');
    expect(answer.chains.map(({ failed }) => failed)).toEqual(['trust']);
    expect(answer.links.items.find(({ state }) => state === 'broken')?.evidence.map(({ kind }) => kind)).toEqual([
      'ServiceAccount',
      'AwsRole',
    ]);
  });

  test('of a pair says that nothing points there', () => {
    const answer = diagnosis(`account=b/three&identity=${encodeURIComponent(roleArn('possible'))}`);
    expect(answer.chains.map(({ failed, pointed }) => [failed, pointed])).toEqual([['pointer', false]]);
    expect(answer.links.total).toBe(1);
  });

  test('of a service account that is not there is refused with what to do', () => {
    expect(() => diagnosis('account=a/none')).toThrow(/not in the data; name one as `NAMESPACE\/NAME`/);
  });
});
