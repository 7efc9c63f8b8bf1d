import type { Certainty, NodeKind } from '../../lib/graph/kinds.ts';
import { KIND_GLYPHS, KIND_SHAPES, SHAPE_PATHS } from '../ui/icons/kind-icons.tsx';
import { KIND_FAMILIES } from '../ui/kind-families.ts';
import { KIND_LABELS } from '../ui/kind-labels.ts';

type Family = (typeof KIND_FAMILIES)[NodeKind];

/** How a kind is drawn on the canvas: the same tile and glyph as in every list of the app. */
export interface KindStyle {
  /** Outline of the tile, path data in a 24 by 24 box: the second signal beside colour. */
  readonly shape: string;
  /** Path data in a 24 by 24 box, stroked with round joins. */
  readonly glyph: string;
  /** Names the colour: the CSS variable `--kind-FAMILY`. */
  readonly family: Family;
  readonly caption: string;
  readonly plural: string;
  /** What an attacker is after: drawn with a coloured frame and a crown. */
  readonly crown: boolean;
}

/** Whether a kind is what an attacker is after. A kind that is missing does not compile. */
const CROWNS: Readonly<Record<NodeKind, boolean>> = {
  pod: false,
  workload: false,
  'service-account': false,
  secret: false,
  node: true,
  'namespace-admin': true,
  'cluster-admin': true,
  user: false,
  group: false,
  'role-binding': false,
  'cluster-role-binding': false,
  role: false,
  'cluster-role': false,
  'role-grant': false,
  'all-pods': false,
  'all-users': false,
  'all-groups': false,
  'all-secrets': false,
  'all-service-accounts': false,
  'all-nodes': true,
  'aws-role': false,
  'aws-statement': false,
  'aws-admin': true,
  'aws-user': false,
  'aws-resource': false,
  'cloud-key': false,
  'gcp-service-account': false,
  'gcp-grant': false,
  'gcp-admin': true,
  'azure-identity': false,
  'azure-grant': false,
  'azure-admin': true,
  internet: false,
  'node-network': false,
  service: false,
  ingress: false,
  gateway: false,
  'gateway-route': false,
  'service-traffic': false,
  'all-traffic': false,
  'kubelet-volumes': false,
};

/** How `kind` is drawn; the tables behind it are complete by type. */
export function styleOf(kind: NodeKind): KindStyle {
  return {
    shape: SHAPE_PATHS[KIND_SHAPES[kind]],
    glyph: KIND_GLYPHS[kind],
    family: KIND_FAMILIES[kind],
    caption: KIND_LABELS[kind].one,
    plural: KIND_LABELS[kind].many,
    crown: CROWNS[kind],
  };
}

/** Dash pattern of an edge; undefined is a full line. Certainty never shows by colour alone. */
export const DASHES: Readonly<Record<Certainty, readonly [number, number] | undefined>> = {
  certain: undefined,
  wired: undefined,
  conditional: [7, 4],
  possible: [7, 4],
  broken: [3, 4],
};
