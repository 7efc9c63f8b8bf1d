import type { NodeKind } from '../../../lib/graph/kinds.ts';
import { KIND_FAMILIES } from '../kind-families.ts';

/** Outline of a kind; the canvas and the lists draw the same one, so that kinds differ without colour. */
export type KindShape = 'rounded' | 'circle' | 'diamond' | 'hexagon' | 'octagon' | 'stack' | 'tag' | 'shield';

export const KIND_SHAPES: Record<NodeKind, KindShape> = {
  pod: 'rounded',
  workload: 'rounded',
  'service-account': 'circle',
  user: 'circle',
  group: 'circle',
  secret: 'tag',
  node: 'octagon',
  'namespace-admin': 'shield',
  'cluster-admin': 'octagon',
  'role-binding': 'diamond',
  'cluster-role-binding': 'diamond',
  role: 'hexagon',
  'cluster-role': 'hexagon',
  'role-grant': 'tag',
  'all-pods': 'stack',
  'all-secrets': 'stack',
  'all-service-accounts': 'stack',
  'all-users': 'stack',
  'all-groups': 'stack',
  'all-nodes': 'stack',
  'aws-role': 'hexagon',
  'aws-statement': 'tag',
  'aws-admin': 'octagon',
  'aws-user': 'circle',
  'aws-resource': 'tag',
  'cloud-key': 'tag',
  'gcp-service-account': 'hexagon',
  'gcp-grant': 'tag',
  'gcp-admin': 'octagon',
  'azure-identity': 'hexagon',
  'azure-grant': 'tag',
  'azure-admin': 'octagon',
  internet: 'circle',
  'node-network': 'circle',
  service: 'hexagon',
  ingress: 'diamond',
  gateway: 'diamond',
  'gateway-route': 'tag',
  'service-traffic': 'tag',
  'all-traffic': 'stack',
  'kubelet-volumes': 'stack',
};

/** Outlines in a box of 24 by 24. */
export const SHAPE_PATHS: Record<KindShape, string> = {
  rounded: 'M6 1h12a5 5 0 0 1 5 5v12a5 5 0 0 1-5 5H6a5 5 0 0 1-5-5V6a5 5 0 0 1 5-5z',
  circle: 'M12 1a11 11 0 1 1 0 22 11 11 0 0 1 0-22z',
  diamond: 'M12 .5 23.500 12 12 23.500.5 12z',
  hexagon: 'M12 .5 22 6.250v11.500L12 23.500 2 17.750V6.250z',
  octagon: 'M7.400 1h9.200L23 7.400v9.200L16.600 23H7.400L1 16.600V7.400z',
  stack: 'M4 1h16a3 3 0 0 1 3 3v13H1V4a3 3 0 0 1 3-3zM3 19h18M6 22.500h12',
  tag: 'M4 2h12l7 10-7 10H4a3 3 0 0 1-3-3V5a3 3 0 0 1 3-3z',
  shield: 'M12 .5l10.500 3.500v8c0 6-4.500 9.500-10.500 11.500C6 21.500 1.500 18 1.500 12V4z',
};

/** Glyphs in a box of 24 by 24, to be stroked without fill, width 2. */
export const KIND_GLYPHS: Record<NodeKind, string> = {
  pod: 'M12 3l8 4.500v9L12 21l-8-4.500v-9zM12 12l8-4.500M12 12v9M12 12L4 7.500',
  workload: 'M12 3l9 5-9 5-9-5zM3 13l9 5 9-5M3 17.500l9 5 9-5',
  'service-account': 'M5 4h14v16H5zM12 12a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM8 17c.8-2 2.300-3 4-3s3.200 1 4 3',
  secret: 'M7.500 20a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zM11 12l9-9M16 7l3 3',
  node: 'M4 4h16v7H4zM4 13h16v7H4zM8 7.500h.01M8 16.500h.01',
  'namespace-admin': 'M4 8l4 4 4-7 4 7 4-4-1.500 10h-13z',
  'cluster-admin': 'M3 7l4.500 5L12 5l4.500 7L21 7l-2 12H5z',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c1-4 4-6 8-6s7 2 8 6',
  group:
    'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c.6-3.600 3-5.500 6.500-5.500s5.900 1.900 6.500 5.500M16 4.300a3.500 3.500 0 0 1 0 6.400M18.500 14.800c1.700.8 2.700 2.500 3 5.200',
  'role-binding':
    'M10 14a4.500 4.500 0 0 0 6.400.4l3-3a4.500 4.500 0 0 0-6.400-6.400l-1.200 1.200M14 10a4.500 4.500 0 0 0-6.400-.4l-3 3A4.500 4.500 0 0 0 11 19l1.200-1.200',
  'cluster-role-binding':
    'M10 14a4.500 4.500 0 0 0 6.400.4l3-3a4.500 4.500 0 0 0-6.400-6.400l-1.200 1.200M14 10a4.500 4.500 0 0 0-6.400-.4l-3 3A4.500 4.500 0 0 0 11 19l1.200-1.200M3 7V3h4M21 17v4h-4',
  role: 'M6 3h9l4 4v14H6zM9.500 11h6M9.500 15.500h6',
  'cluster-role':
    'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c2.500 2.700 3.800 5.700 3.800 9s-1.300 6.300-3.800 9c-2.500-2.700-3.800-5.700-3.800-9S9.500 5.700 12 3z',
  'role-grant': 'M3 7l2.500 2.500L10 5M13 7.500h8M3 16l2.500 2.500L10 14M13 16.500h8',
  'all-pods': 'M4 4h7v7H4zM14 4h6v7h-6zM4 14h7v6H4zM14 14h6v6h-6z',
  'all-secrets': 'M7.500 21a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zM11 13l9-9M16 8l3 3M3 4h9M3 8h5',
  'all-service-accounts': 'M8 7h12v14H8zM4 17V3h11M14 14.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM11 18.500c.6-1.500 1.700-2 3-2s2.400.5 3 2',
  'all-users':
    'M10 13a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM2.500 21c.900-4 3.600-6 7.500-6s6.600 2 7.500 6M15.500 4.500a4 4 0 0 1 0 8M19 15.500c1.500 1 2.300 3 2.500 5.500',
  'all-groups':
    'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c.6-3.600 3-5.500 6.500-5.500s5.900 1.900 6.500 5.500M16 4.300a3.500 3.500 0 0 1 0 6.400M18.500 14.800c1.700.8 2.700 2.500 3 5.200M2 2h7',
  'all-nodes': 'M4 3h16v4.500H4zM4 10h16v4.500H4zM4 17h16v4.500H4z',
  'aws-role': 'M7 19a4.500 4.500 0 0 1-.5-9A6 6 0 0 1 18 9.500a4.800 4.800 0 0 1-.5 9.500z',
  'aws-statement': 'M8.500 4H6v6l-2 2 2 2v6h2.500M15.500 4H18v6l2 2-2 2v6h-2.500M10.500 12h3',
  'aws-admin': 'M7 17a4.500 4.500 0 0 1-.5-9A6 6 0 0 1 18 7.500a4.800 4.800 0 0 1-.5 9.500M12.500 10L10 14.500h4L11.500 20',
  'aws-user':
    'M12 14.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM5 21.500c.9-3.200 3.500-5 7-5s6.100 1.800 7 5M3.500 8A4 4 0 0 1 7 3.500h10A4 4 0 0 1 20.500 8',
  'aws-resource':
    'M4 6c0-1.700 3.600-3 8-3s8 1.300 8 3-3.600 3-8 3-8-1.300-8-3zM4 6l2 12.500c.3 1.300 2.900 2.500 6 2.500s5.700-1.200 6-2.500L20 6',
  'cloud-key':
    'M6.500 12A4.200 4.200 0 0 1 7 3.700a5.500 5.500 0 0 1 10.500.8A4 4 0 0 1 18 12M8.500 20.500a2.800 2.800 0 1 0 0-5.600 2.800 2.800 0 0 0 0 5.600zM11.300 17.700H20M17 17.700v2.800',
  'gcp-service-account': 'M5 8h14v11H5zM12 8V4M12 4h.01M9.300 12.500h.01M14.700 12.500h.01M9.500 16h5M2.500 11.500v4M21.500 11.500v4',
  'gcp-grant': 'M12 3l8 4.500v9L12 21l-8-4.500v-9zM8.300 12l2.600 2.600 4.800-5.200',
  'gcp-admin': 'M6 3l3 3.500L12 2l3 4.500L18 3M5 10h14v10H5zM9.300 14h.01M14.700 14h.01M9.500 17.200h5',
  'azure-identity':
    'M6 8h12v13H6zM8.500 3l3.500 5 3.500-5M12 14.800a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8.800 18.800c.6-1.500 1.700-2.200 3.200-2.200s2.600.7 3.200 2.200',
  'azure-grant': 'M3 4h18v16H3zM7 8h10v8H7zM10 12l1.500 1.500 3-3',
  'azure-admin':
    'M6 2.500l3 3 3-4 3 4 3-3M6 9h12v12H6zM12 15.300a1.900 1.900 0 1 0 0-3.800 1.900 1.900 0 0 0 0 3.800zM9 19c.5-1.300 1.600-2 3-2s2.500.7 3 2',
  internet:
    'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c2.600 2.500 4 5.600 4 9s-1.400 6.500-4 9c-2.600-2.500-4-5.600-4-9s1.400-6.500 4-9z',
  'node-network': 'M9 3h6v5H9zM3 16h6v5H3zM15 16h6v5h-6zM12 8v4M6 16v-4h12v4',
  service:
    'M12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5zM12 3v6.500M12 14.500V21M4 7.500l5.800 3.300M14.200 13.200L20 16.500M20 7.500l-5.800 3.300M9.800 13.200L4 16.500',
  ingress: 'M3 12h12M11 8l4 4-4 4M14 4h6v16h-6',
  gateway: 'M4 21V9a8 8 0 0 1 16 0v12M4 21h5v-9M20 21h-5v-9',
  'gateway-route': 'M5 20v-6a4 4 0 0 1 4-4h9M14 6l4 4-4 4',
  'service-traffic': 'M3 8h14M13 4l4 4-4 4M21 16H7M11 12l-4 4 4 4',
  'all-traffic': 'M3 7h14M14 4l3 3-3 3M21 12H7M10 9l-3 3 3 3M3 17h14M14 14l3 3-3 3',
  'kubelet-volumes': 'M4 5h6l2 3h8v11H4zM8 13h8M8 16h5',
};

/** The icon of a kind: its shape, tinted by family, with its glyph. Decorative unless it gets a `title`. */
export function KindIcon({ kind, size = 22, title }: { kind: NodeKind; size?: number; title?: string }) {
  const drawing = (
    <svg width={size} height={size} viewBox="0 0 24 24" className="shrink-0" aria-hidden="true">
      <g color={`var(--kind-${KIND_FAMILIES[kind]})`}>
        <path d={SHAPE_PATHS[KIND_SHAPES[kind]]} fill="currentColor" fillOpacity="0.13" stroke="currentColor" strokeOpacity="0.55" />
        <g
          transform="translate(5.4 5.4) scale(0.55)"
          fill="none"
          stroke="currentColor"
          strokeWidth="2.4"
          strokeLinecap="round"
          strokeLinejoin="round"
        >
          <path d={KIND_GLYPHS[kind]} />
        </g>
      </g>
    </svg>
  );
  if (title === undefined) return drawing;
  return (
    <span role="img" aria-label={title} title={title} className="shrink-0">
      {drawing}
    </span>
  );
}
