import { eachComposed, type Need } from './composed.ts';
import type { Facts } from './facts.ts';
import type { Part, Right } from './rights.ts';
import type { SubjectFacts } from './subjects.ts';

const GROUP = 'certificates.k8s.io';
const REQUESTS = { apiGroup: GROUP, resource: 'certificatesigningrequests' } as const;
const CREATE: Right = { ...REQUESTS, verbs: ['create'] };

/**
 * To have the certificate: reading the request, or a `patch` of it or one of its subresources, which answers with the whole request.
 * Source: apiserver/pkg/endpoints/handlers/patch.go (`transformResponseObject`).
 */
const FETCH: readonly Right[] = [
  { ...REQUESTS, verbs: ['get', 'list', 'watch', 'patch'] },
  { ...REQUESTS, subresource: 'approval', verbs: ['get', 'patch'] },
  { ...REQUESTS, subresource: 'status', verbs: ['get', 'patch'] },
];

/** The names under which a right over a signer is asked for: its own, then its domain's. Source: plugin/pkg/admission/certificates/util.go. */
const namesOf = (signer: string): readonly string[] => [signer, `${signer.slice(0, signer.indexOf('/'))}/*`];

/** To approve a request of one's own for a signer. Source: plugin/pkg/admission/certificates/approval/admission.go. */
export const approving = (signer: string): readonly Need[] => [
  { rights: [CREATE] },
  { rights: [{ ...REQUESTS, subresource: 'approval', verbs: ['update', 'patch'] }], names: 'chosen' },
  { rights: [{ apiGroup: GROUP, resource: 'signers', verbs: ['approve'] }], names: namesOf(signer) },
  { rights: FETCH, names: 'chosen' },
];

/** To write a certificate into a request for a signer. Source: plugin/pkg/admission/certificates/signing/admission.go. */
export const signing = (signer: string): readonly Need[] => [
  { rights: [{ apiGroup: GROUP, resource: 'signers', verbs: ['sign'] }], names: namesOf(signer) },
  { rights: [{ ...REQUESTS, subresource: 'status', verbs: ['update', 'patch'] }], names: 'chosen' },
];

/** To have a kubelet's request approved by the controller manager. Source: kubernetes/pkg/controller/certificates/approver/sarapprove.go. */
export const AUTO_APPROVED: readonly Need[] = [
  { rights: [CREATE] },
  { rights: [{ ...REQUESTS, subresource: 'nodeclient', verbs: ['create'] }] },
  { rights: FETCH, names: 'chosen' },
];

/** Calls back for subjects that hold the needs across the cluster, as requests and signers lie in no namespace. */
export function eachCertifier(facts: Facts, needs: readonly Need[], visit: (subject: SubjectFacts, parts: readonly Part[]) => void): void {
  const seen = new Set<number>();
  eachComposed(facts, needs, (subject, { scope, parts }) => {
    if (scope !== '' || seen.has(subject.node)) return;
    seen.add(subject.node);
    visit(subject, parts);
  });
}

export const CLIENT_SIGNER = 'kubernetes.io/kube-apiserver-client';
export const KUBELET_SIGNER = 'kubernetes.io/kube-apiserver-client-kubelet';
