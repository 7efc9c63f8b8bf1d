import { expect, test } from 'vitest';
import type { FindingAnswer } from '../../lib/api/findings-contract.ts';
import { findingsCsv } from './findings-csv.ts';

const finding = (name: string): FindingAnswer => ({
  id: 'x',
  title: 'A, "finding"',
  class: 'rbac',
  severity: 'high',
  count: 1,
  of: { total: 2, of: 'pods' },
  rows: 1,
  why: '',
  remediation: '',
  references: [],
  prevention: { kind: 'none', says: '' },
  list: [
    {
      identity: 'x-1',
      severity: 'high',
      subject: { kind: 'User', name },
      whyHere: 'here',
      counts: 1,
      evidence: [],
      moreEvidence: 0,
      fix: { says: 'mend', command: '-x' },
    },
  ],
});

test('a line for every row, quoted where it has to be', () => {
  expect(findingsCsv([finding('alice')])).toBe(
    'finding,title,class,severity,kind,namespace,name,identity,here,fix,command\r\nx,"A, ""finding""",rbac,high,User,,alice,x-1,here,mend,"\'-x"\r\n',
  );
});

test('a name is no formula', () => {
  expect(findingsCsv([finding('=HYPERLINK("http://x")')])).toContain(`"'=HYPERLINK(""http://x"")"`);
});
