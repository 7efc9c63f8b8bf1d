'use client';
import type { FindingChange, VerdictChange, WhatIfAnswer } from '../../lib/api/what-if-contract.ts';
import { explorerHref, NodeLabel } from '../ui/node-label.tsx';
import { counted } from '../ui/numbers.ts';
import { Prose } from '../ui/prose.tsx';
import { Section } from '../ui/section.tsx';
import { SeverityBadge } from '../ui/severity-badge.tsx';
import { PairList } from './pair-list.tsx';

const WORKLOADS = 20;

/** The answer first and big. */
function Headline({ answer }: { answer: WhatIfAnswer }) {
  const { opened, closed } = answer;
  const [worst] = opened.list;
  const said =
    opened.pairs + closed.pairs === 0
      ? 'No way to a crown jewel opens or closes.'
      : `${opened.pairs === 0 ? 'Opens no way' : `Opens ${counted(opened.pairs, 'way')}`} to crown jewels, closes ${closed.pairs === 0 ? 'none' : counted(closed.pairs, 'way')}.`;
  return (
    <div className="mb-4 flex flex-wrap items-start gap-x-3 gap-y-2" role="status" aria-label="What would change">
      {worst !== undefined && (
        <span className="mt-1">
          <SeverityBadge severity={worst.severity} />
        </span>
      )}
      <p className="flex-1 basis-72 text-balance font-semibold text-xl tracking-tight">{said}</p>
    </div>
  );
}

function Verdicts({ workloads }: Pick<WhatIfAnswer, 'workloads'>) {
  const shown = workloads.list.slice(0, WORKLOADS);
  const rest = workloads.changed - shown.length;
  const cell = (verdict: VerdictChange['before']) =>
    verdict === undefined ? (
      <span className="text-muted">Not there</span>
    ) : (
      <>
        <SeverityBadge severity={verdict.severity} plain />
        <span className="block text-muted text-xs first-letter:uppercase">{verdict.verdict}</span>
      </>
    );
  return (
    <Section flush title="Workloads" hint={`${counted(workloads.changed, 'workload')} of ${workloads.total} would reach something else`}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section aria-label="Workloads before and after" tabIndex={0} className="max-h-96 overflow-auto">
        <table className="w-full min-w-[40rem] table-fixed text-left text-sm">
          <thead className="text-muted text-xs">
            <tr>
              <th scope="col" className="px-4 py-1.5 font-medium">
                Workload
              </th>
              <th scope="col" className="px-4 py-1.5 font-medium">
                Before
              </th>
              <th scope="col" className="px-4 py-1.5 font-medium">
                After
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ workload, before, after }) => (
              <tr key={workload.id} className="border-line border-t align-top">
                <th scope="row" className="px-4 py-2 font-normal">
                  <NodeLabel node={workload} {...(before !== undefined && { href: explorerHref(workload.id) })} />
                </th>
                <td className="px-4 py-2">{cell(before)}</td>
                <td className="px-4 py-2">{cell(after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rest > 0 && <p className="border-line border-t px-4 py-2 text-muted text-xs">And {counted(rest, 'more workload')}.</p>}
    </Section>
  );
}

function Findings({ title, findings }: { title: string; findings: readonly FindingChange[] }) {
  if (findings.length === 0) return null;
  return (
    <Section flush title={title}>
      <ul aria-label={title}>
        {findings.map(({ finding, title: name, severity, rows, subjects }) => (
          <li key={finding} className="grid grid-cols-[5rem_minmax(0,1fr)] gap-x-3 border-line border-t px-4 py-2 text-sm">
            <SeverityBadge severity={severity} plain />
            <span className="min-w-0">
              {name}
              <bdi className="block break-words text-muted text-xs">
                {subjects.join(', ')}
                {rows > subjects.length && ` and ${rows - subjects.length} more`}
              </bdi>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What changes would open and close, worst first, each with its way and evidence. */
export function WhatIfResult({ answer }: { answer: WhatIfAnswer }) {
  const { notes, opened, closed, workloads, edges, findings } = answer;
  return (
    <div className="space-y-5">
      <Headline answer={answer} />
      {notes.total > 0 && (
        <Section title="What follows from them" hint={counted(answer.changes, 'change')}>
          <ul className="list-disc space-y-1 pl-4 text-sm">
            {notes.list.map(({ change, says }) => (
              <li key={`${change} ${says}`} className="break-words">
                <Prose>{says}</Prose>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {opened.pairs > 0 && <PairList title="Ways that open" pairs={opened} />}
      {closed.pairs > 0 && <PairList title="Ways that close" pairs={closed} />}
      {workloads.changed > 0 && <Verdicts workloads={workloads} />}
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Findings title="New findings" findings={findings.opened} />
        <Findings title="Findings that are gone" findings={findings.fixed} />
      </div>
      {workloads.total === 0 && (
        <p className="text-muted text-sm">No running pods are in what was read: what workloads would reach could not be looked at.</p>
      )}
      <p className="text-muted text-xs">
        {counted(edges.opened, 'hop')} more and {counted(edges.closed, 'hop')} fewer in the graph.
      </p>
    </div>
  );
}
