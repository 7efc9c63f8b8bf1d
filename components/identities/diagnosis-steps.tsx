import type { DiagnosisAnswer } from '../../lib/api/identities-contract.ts';
import { EvidenceList } from '../details/evidence-list.tsx';
import { FixBody } from '../ui/fix-body.tsx';
import { Icon, type IconName } from '../ui/icons/interface-icons.tsx';
import { Prose } from '../ui/prose.tsx';

type Chain = DiagnosisAnswer['chains'][number];
type Step = Chain['steps'][number];

const STATUS: Record<Step['status'], { readonly word: string; readonly icon: IconName; readonly tone: string }> = {
  ok: { word: 'In order', icon: 'check', tone: 'text-good' },
  failed: { word: 'Fails', icon: 'close', tone: 'text-critical' },
  unknown: { word: 'Not known', icon: 'info', tone: 'text-medium' },
  skipped: { word: 'Not asked', icon: 'minus', tone: 'text-faint' },
};

/** The steps in order; the evidence of the first that fails is open. */
export function DiagnosisSteps({ steps, failed }: { steps: Chain['steps']; failed: Chain['failed'] }) {
  return (
    <ol aria-label="Steps" className="divide-y divide-line rounded-lg border border-line">
      {steps.map((step) => (
        <li key={step.id} className={`px-3 py-2.5 ${step.id === failed ? 'bg-critical-soft/50' : ''}`}>
          <StepLine step={step} first={step.id === failed} />
        </li>
      ))}
    </ol>
  );
}

function StepLine({ step, first }: { step: Step; first: boolean }) {
  const { word, icon, tone } = STATUS[step.status];
  return (
    <div className="flex gap-2.5">
      <Icon name={icon} size={16} className={`mt-0.5 ${tone}`} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">{step.title}</span>
          <span className={`text-xs ${tone}`}>{first ? 'Fails first' : word}</span>
        </p>
        <p className="mt-0.5 break-words text-muted text-xs leading-5">
          <Prose>{step.says}</Prose>
        </p>
        {step.fix !== undefined && !first && (
          <div className="mt-2 text-xs">
            <FixBody fix={step.fix} />
          </div>
        )}
        {step.evidence.length > 0 && (
          <details open={first} className="mt-1.5">
            <summary className="min-h-6 cursor-pointer text-muted text-xs">Evidence ({step.evidence.length})</summary>
            <EvidenceList evidence={step.evidence} />
          </details>
        )}
      </div>
    </div>
  );
}
