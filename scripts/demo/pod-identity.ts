import { roleArn } from './company.ts';

export interface AssociationPlan {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly role: string;
}

/** EKS Pod Identity associations: the second names a role without sts:TagSession, the third an account that is gone. */
export const ASSOCIATIONS: readonly AssociationPlan[] = [
  { namespace: 'reports', serviceAccount: 'exporter', role: roleArn('fernwood-reports-exporter') },
  { namespace: 'reports', serviceAccount: 'archiver', role: roleArn('fernwood-reports-archiver') },
  { namespace: 'reports', serviceAccount: 'etl', role: roleArn('fernwood-reports-etl') },
  { namespace: 'kube-system', serviceAccount: 'ebs-csi-controller-sa', role: roleArn('fernwood-ebs-csi-controller') },
];

export function hasAssociation(namespace: string, serviceAccount: string): boolean {
  return ASSOCIATIONS.some((association) => association.namespace === namespace && association.serviceAccount === serviceAccount);
}
