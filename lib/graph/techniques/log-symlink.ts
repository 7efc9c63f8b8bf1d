import { logFolders } from '../../access/pod/host-path-escape.ts';
import type { Pod } from '../../inventory/kubernetes.ts';
import { anyOf } from '../closing.ts';
import { eachEscape, escapeEvidence } from '../evidence/escape.ts';
import { changesOfEscapes, closingOfEscapes, fixOfEscapes } from '../evidence/escape-closing.ts';
import { proven } from '../evidence/proven.ts';
import { holdsApiToken } from '../facts/holds-api-token.ts';
import { logReaders } from '../facts/log-readers.ts';
import type { Evidence } from '../model.ts';
import { defineTechnique } from './technique.ts';

const LINES =
  'a credential that shows in lines: the kubelet follows the link as root, and answers with what it takes for log lines or with the first that it cannot';

export const logSymlink = defineTechnique({
  id: 'log-symlink',
  title: 'Reads the node through a log',
  class: 'escape',
  walked: true,
  from: ['pod'],
  to: ['node', 'all-nodes'],
  action:
    'Puts a link in the place of a container log and asks for the log: the kubelet follows the link as root and answers with any file of the node.',
  precondition:
    "A running container of Linux mounts a hostPath, writable, at, above or below /var/log/pods, and the pod's service account, whose token it holds, may `get` `pods/log` of a pod on the node (`pods/*` is no wildcard).",
  remediation: 'Mount logs read-only, and take `pods/log` from the account of whatever writes there.',
  coverage: {
    level: 'partial',
    misses: 'accounts that the pod reaches by further steps, `nodes/log` and `nodes/proxy`, and hostPath in PersistentVolumes',
  },
  attck: ['T1611', 'T1552'],
  references: [
    'https://kubernetes.io/docs/concepts/storage/volumes/#hostpath',
    'https://kubernetes.io/docs/concepts/cluster-administration/logging/',
  ],
  find(facts, emit) {
    const holds = holdsApiToken(facts);
    const readers = logReaders(facts);
    eachEscape(facts, logFolders, (place, to) => {
      const detail = holds(place) ? readers(place) : undefined;
      if (detail !== undefined) emit(facts.pods.node[place] as number, to, detail, 'conditional');
    });
  },
  changes(facts, edge) {
    return [...changesOfEscapes(facts, edge.from, logFolders), ...proven.changes(facts, edge)];
  },
  closing(facts, edge) {
    return anyOf([closingOfEscapes(facts, edge.from, logFolders), proven.closing(facts, edge)]);
  },
  fix(facts, edge, change) {
    return fixOfEscapes(facts, { from: edge.from, decide: logFolders, change }) ?? proven.fix(facts, edge, change);
  },
  explain(facts, edge) {
    const { evidence, hangsOn } = escapeEvidence(facts, edge.from, logFolders);
    const proof = proven.explain(facts, edge);
    const pod = facts.pods.pods[facts.pods.placeOf.get(edge.from) as number] as Pod;
    return {
      evidence: [...evidence, ...proof.evidence] as [Evidence, ...Evidence[]],
      hangsOn: hangsOn === undefined ? LINES : `${LINES}; ${hangsOn}`,
      fix: {
        ...proof.fix,
        says: `mount the folder of logs read-only in the template of ${pod.owner?.name ?? 'the pod'}, or ${proof.fix.says}`,
      },
    };
  },
});
