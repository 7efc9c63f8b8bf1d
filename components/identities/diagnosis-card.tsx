'use client';
import type { DiagnosisAnswer } from '../../lib/api/identities-contract.ts';
import { useDiagnosis } from '../api/use-diagnosis.ts';
import { EvidenceList } from '../details/evidence-list.tsx';
import { Button, LinkButton } from '../ui/button.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { FixBody } from '../ui/fix-body.tsx';
import { explorerHref } from '../ui/node-name.ts';
import { Prose } from '../ui/prose.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { DiagnosisSteps } from './diagnosis-steps.tsx';
import { METHOD_WORDS, PROVIDER_WORDS } from './link-states.ts';
import { StateBadge } from './state-mark.tsx';

interface DiagnosisCardProps {
  readonly account: string;
  readonly identity: string | undefined;
  readonly onIdentity: (identity: string) => void;
}

/** Why does this work, or not: the verdict, then every step of every way from the service account to an identity. */
export function DiagnosisCard({ account, identity, onIdentity }: DiagnosisCardProps) {
  const { data, error, stale, refetch } = useDiagnosis(account, identity);
  if (error && (data === undefined || stale)) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined || data.serviceAccount !== account) return <Skeleton className="h-72" />;
  return (
    <div aria-busy={stale} className="space-y-5 text-sm">
      <p role="status" aria-label="Verdict" className="leading-snug">
        <Prose>{data.says}</Prose>
      </p>
      <LinkButton size="small" icon="explorer" href={explorerHref(`sa:${account}`)}>
        Open in the Explorer
      </LinkButton>
      <DiagnosisChains diagnosis={data} onIdentity={onIdentity} />
      <Links links={data.links} onIdentity={onIdentity} />
    </div>
  );
}

/** Every way from the service account to an identity, with its steps. */
export function DiagnosisChains({ diagnosis, onIdentity }: { diagnosis: DiagnosisAnswer; onIdentity?: (identity: string) => void }) {
  return (
    <div className="space-y-5 text-sm">
      {diagnosis.chains.map((chain) => (
        <section
          key={`${chain.method} ${chain.identity} ${chain.audience}`}
          aria-label={`${METHOD_WORDS[chain.method]}: ${labelOf(diagnosis, chain.identity)}`}
        >
          <header className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1">
            <h3 className="font-semibold">
              {PROVIDER_WORDS[chain.provider]}, {METHOD_WORDS[chain.method]}
            </h3>
            {!chain.pointed && <span className="text-muted text-xs">not wired: what would be missing</span>}
            {onIdentity && (
              <Button size="small" look="ghost" onClick={() => onIdentity(chain.identity)}>
                What {labelOf(diagnosis, chain.identity)} may do
              </Button>
            )}
          </header>
          <FirstFailure chain={chain} />
          <DiagnosisSteps steps={chain.steps} failed={chain.failed} />
        </section>
      ))}
      {diagnosis.total > diagnosis.chains.length && (
        <p className="text-muted text-xs">
          The first {diagnosis.chains.length} of {diagnosis.total} ways are shown.
        </p>
      )}
    </div>
  );
}

/** The name that people know an identity by. */
const labelOf = ({ identities }: DiagnosisAnswer, identity: string): string =>
  identities.find((one) => one.identity === identity)?.label ?? identity;

/** What fails first and what mends it, before the steps that lead there. */
function FirstFailure({ chain }: { chain: DiagnosisAnswer['chains'][number] }) {
  const step = chain.steps.find(({ id }) => id === chain.failed);
  if (step?.fix === undefined) return null;
  return (
    <div role="note" aria-label="What mends it" className="mb-3 rounded-lg bg-critical-soft/60 px-3 py-2.5">
      <p className="mb-1.5 font-medium text-critical text-xs">Fails first: {step.title.toLowerCase()}</p>
      <div className="text-xs">
        <FixBody fix={step.fix} />
      </div>
    </div>
  );
}

/** What every link rests on. */
function Links({ links, onIdentity }: { links: DiagnosisAnswer['links']; onIdentity: (identity: string) => void }) {
  if (links.items.length === 0) return null;
  return (
    <details open={links.items.length === 1}>
      <summary className="min-h-6 cursor-pointer font-semibold">
        {links.total === 1 ? 'The link and its evidence' : `All ${links.total} links and their evidence`}
      </summary>
      <ul className="mt-2 space-y-4">
        {links.items.map((link) => (
          <li key={`${link.identity} ${link.method} ${link.audience} ${link.state}`} className="space-y-1.5">
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <StateBadge state={link.state} />
              <button
                type="button"
                onClick={() => onIdentity(link.identity)}
                className="min-w-0 break-all text-left font-mono text-xs hover:underline"
              >
                {link.identity}
              </button>
            </p>
            <p className="text-muted text-xs">
              <Prose>{link.reason}</Prose>
              {link.dependsOn.length > 0 && ` Hangs on: ${link.dependsOn.join(', ')}.`}
            </p>
            {link.evidence.length > 0 && <EvidenceList evidence={link.evidence} />}
          </li>
        ))}
      </ul>
      {links.total > links.items.length && (
        <p className="mt-2 text-muted text-xs">
          The first {links.items.length} of {links.total} are listed.
        </p>
      )}
    </details>
  );
}
