import type { NodeDetail } from '../../lib/api/contract.ts';
import { Name } from '../ui/name.tsx';
import { explorerHref } from '../ui/node-label.tsx';

/** Facts about a node; a value that is a node is a link to it. */
export function NodeProperties({ properties }: { properties: NodeDetail['properties'] }) {
  return (
    <dl className="space-y-2">
      {properties.map((property) => (
        <div key={`${property.name} ${property.value}`} className="min-w-0">
          <dt className="text-xs text-muted">{property.name}</dt>
          <dd className="min-w-0">
            {property.id === undefined ? (
              <Name copy wrap>
                {property.value}
              </Name>
            ) : (
              <a href={explorerHref(property.id)} className="text-accent hover:underline">
                <Name wrap>{property.value}</Name>
              </a>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
