import Link from 'next/link';
import type { NodeSummary } from '../../lib/api/contract.ts';
import { KindIcon } from './icons/kind-icons.tsx';
import { KIND_LABELS } from './kind-labels.ts';
import { Name } from './name.tsx';
import { nodeName, qualifiedName } from './node-name.ts';

export { explorerHref, nodeName, qualifiedName, respondHref } from './node-name.ts';

/** A node in a list: icon, namespace (quiet) and name; a link where `href` is given. One line, cut to its room. */
export function NodeLabel({
  node,
  href,
  showKind = false,
  size = 20,
}: {
  node: NodeSummary;
  href?: string;
  showKind?: boolean;
  size?: number;
}) {
  const body = (
    <>
      <KindIcon kind={node.kind} size={size} title={KIND_LABELS[node.kind].one} />
      <span className="flex min-w-0 items-baseline" title={qualifiedName(node)}>
        {node.namespace !== undefined && <Name className="shrink-[5] text-muted">{`${node.namespace}/`}</Name>}
        <Name>{nodeName(node)}</Name>
        {showKind && <span className="ml-2 shrink-0 text-xs text-faint">{KIND_LABELS[node.kind].one}</span>}
      </span>
    </>
  );
  const look = 'flex w-fit min-w-0 max-w-full items-center gap-2';
  if (href === undefined) return <span className={look}>{body}</span>;
  return (
    <Link prefetch={false} href={href} className={`${look} rounded-sm hover:underline underline-offset-2`}>
      {body}
    </Link>
  );
}
