import type { Status } from '../../lib/api/contract.ts';
import { Age } from '../ui/age.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { duration } from '../ui/relative-time.ts';
import { Section } from '../ui/section.tsx';

const TYPES: Record<Status['source']['type'], string> = {
  demo: 'Demo cluster, bundled',
  snapshot: 'Snapshot',
  kubernetes: 'Live cluster',
  upload: 'Uploaded snapshot',
};

const STATES: Record<Status['state'], string> = { loading: 'Loading', ready: 'Ready', failed: 'Failed' };

function Fact({
  name,
  value,
  copy = false,
  children,
}: {
  name: string;
  value?: string | undefined;
  copy?: boolean;
  children?: React.ReactNode;
}) {
  if (value === undefined && children === undefined) return null;
  return (
    <div className="grid grid-cols-[8rem_minmax(0,1fr)] gap-3 border-line border-t py-2">
      <dt className="text-muted">{name}</dt>
      <dd className="flex min-w-0 items-start gap-1 break-words">
        {children ?? <bdi className={`min-w-0 break-all ${copy ? 'font-mono text-[0.8125rem]' : ''}`}>{value}</bdi>}
        {copy && value !== undefined && <CopyButton text={value} label={`Copy ${name.toLowerCase()}`} className="-my-0.5" />}
      </dd>
    </div>
  );
}

/** What is loaded: from where, which cluster, when, how long it took. */
export function SourceFacts({ status, actions }: { status: Status; actions: React.ReactNode }) {
  return (
    <Section title="What is loaded" actions={actions}>
      <dl className="text-sm">
        <Fact name="Source" value={TYPES[status.source.type]} />
        {status.source.type !== 'demo' && <Fact name="Read from" value={status.source.label} copy />}
        <Fact name="Cluster" value={status.cluster.name} copy />
        <Fact name="API server" value={status.cluster.server} copy />
        <Fact name="Version" value={status.cluster.version} />
        <Fact name="Token issuer" value={status.cluster.issuer} copy />
        <Fact name="State" value={STATES[status.state]} />
        {status.collectedAt !== undefined && (
          <Fact name="Read">
            <span>
              <Age iso={status.collectedAt} />
              {status.tookMs !== undefined && <span className="text-muted">, in {duration(status.tookMs)}</span>}
            </span>
          </Fact>
        )}
      </dl>
    </Section>
  );
}
