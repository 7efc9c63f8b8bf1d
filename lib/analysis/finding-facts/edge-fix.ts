import { referencedSecrets } from '../../access/pod/secret-use.ts';
import { opensApiServer, projectedTokens } from '../../access/pod/token.ts';
import { evaluatePodSecurity } from '../../access/pod-security/evaluate.ts';
import type { Closing } from '../../graph/closing.ts';
import { ruleOperations, subjectOperations } from '../../graph/evidence/grant.ts';
import { type RecordKey, recordKey, type Template } from '../../inventory/changes/cut-key.ts';
import type { Binding, PodSpec, Role } from '../../inventory/kubernetes.ts';
import { TOKEN_VOLUME } from '../../inventory/token-volume.ts';
import type { RowFix } from '../findings/finding.ts';
import { baselineChanges } from './baseline-changes.ts';
import { deletion, type FixStep, fixBy, jsonStep, strategicStep } from './fix-steps.ts';
import { coreTarget, type Operation, rbacTarget, targetName } from './patches.ts';
import { referenceRemoval, templateFix } from './template-fix.ts';
import type { FindingWorld, LiveWorkload } from './world.ts';

/** One change of those that close an edge: what it is, and how it is made. */
interface Change extends FixStep {
  readonly says: string;
}

/** Milder changes first: what a subject is given, then what its pods hold; a deletion takes everything. */
const ORDER: readonly RecordKey['type'][] = ['item', 'automount', 'template', 'template-secret', 'delete'];

const costOf = (key: string): number => {
  const what = recordKey(key);
  return what === undefined ? 1000 : what.type === 'item' && what.list === 'rules' ? 0.5 : ORDER.indexOf(what.type);
};

/** The fewest and mildest changes that close it; undefined: none do. */
function chosen(closing: Closing): readonly string[] | undefined {
  if ('change' in closing) return [closing.change];
  if ('all' in closing) {
    const parts = closing.all.map(chosen);
    return parts.some((part) => part === undefined) ? undefined : [...new Set(parts.flatMap((part) => part ?? []))];
  }
  const cost = (keys: readonly string[]): number => keys.reduce((sum, key) => sum + 10 + costOf(key), 0);
  const ways = closing.any.flatMap((one) => [chosen(one)].filter((way) => way !== undefined));
  return ways.reduce<readonly string[] | undefined>((best, way) => (best === undefined || cost(way) < cost(best) ? way : best), undefined);
}

function itemChange({ inventory: { kubernetes } }: FindingWorld, key: Extract<RecordKey, { type: 'item' }>): Change | undefined {
  const { kind, namespace, name, list, place } = key;
  const objects: readonly (Binding | Role)[] = list === 'subjects' ? kubernetes.bindings : kubernetes.roles;
  const object = objects.find((one) => one.kind === kind && one.name === name && (one.namespace ?? '') === namespace);
  if (object === undefined) return undefined;
  const target = rbacTarget(object);
  if ('rules' in object) {
    const rule = object.rules[place];
    return rule === undefined
      ? undefined
      : { says: `drop rule ${place} of ${targetName(target)}`, ...jsonStep(target, ruleOperations([{ rule, index: place }])) };
  }
  const subject = object.subjects[place];
  if (subject === undefined) return undefined;
  const who = `${subject.kind} ${subject.namespace === undefined ? '' : `${subject.namespace}/`}${subject.name}`;
  return { says: `take ${who} out of ${targetName(target)}`, ...jsonStep(target, subjectOperations({ subject, subjectIndex: place })) };
}

const isOf = ({ kind, namespace, name }: LiveWorkload, template: Template): boolean =>
  namespace === template.namespace && name === template.name && kind.toLowerCase() === (template.of === 'pod' ? 'pod' : template.kind);

function tokenChanges(spec: PodSpec, issuer: string | undefined): readonly Operation[] {
  const own = projectedTokens(spec).filter(
    ({ token, volume }) => opensApiServer(token.audience, issuer) && !volume.name.startsWith(TOKEN_VOLUME),
  );
  return [
    { op: 'add', path: '/spec/automountServiceAccountToken', value: false },
    ...own.map(({ pointer }): Operation => ({ op: 'remove', path: pointer.replace(/\/serviceAccountToken$/, '') })),
  ];
}

function templateChange(world: FindingWorld, key: Extract<RecordKey, { type: 'template' | 'template-secret' }>): Change | undefined {
  const workload = world.workloads.find((one) => isOf(one, key.template));
  if (workload === undefined) return undefined;
  const { spec, annotations } = workload.pods[0];
  const what = key.type === 'template' ? key.field : `secret ${key.secret.name}`;
  const changes =
    key.type === 'template-secret'
      ? referencedSecrets(spec)
          .filter(({ secret }) => secret === key.secret.name)
          .map(({ pointer }) => referenceRemoval(pointer))
      : key.field === 'token'
        ? tokenChanges(spec, world.inventory.cluster.issuer)
        : baselineChanges(spec, evaluatePodSecurity({ level: 'baseline', spec, annotations, serverMinor: undefined })).filter(({ path }) =>
            key.field === 'hostPath' ? path.startsWith('/spec/volumes/') : path.includes(key.field),
          );
  const { says, command, patches } = templateFix(
    workload,
    `take ${what} out of the template of ${workload.kind} ${workload.name}`,
    changes,
  );
  return command === undefined || patches === undefined ? undefined : { says, command, patches };
}

function changeOf(world: FindingWorld, key: string): Change | undefined {
  const what = recordKey(key);
  switch (what?.type) {
    case 'item':
      return itemChange(world, what);
    case 'automount': {
      const target = coreTarget('ServiceAccount', what);
      const says = `turn the token of ${targetName(target)} off, if none of its workloads calls the API server; pods that run keep theirs until they are restarted`;
      return { says, ...strategicStep(target, { automountServiceAccountToken: false }) };
    }
    case 'delete': {
      const { kind, name, namespace } = what;
      const named = { kind, name, ...(namespace === '' ? {} : { namespace }) };
      const isCore = !kind.endsWith('Binding') && !kind.endsWith('Role');
      const target = isCore ? coreTarget(kind, named) : rbacTarget(named);
      return isCore && kind !== 'Secret' ? undefined : { says: `delete ${targetName(target)}`, ...deletion(target) };
    }
    case 'template':
    case 'template-secret':
      return templateChange(world, what);
    default:
      return undefined;
  }
}

/** Closes an edge by changes of the cluster's objects, all of those that it takes; undefined: there are none, or too many to write out. */
export function edgeFix(world: FindingWorld, edge: number): RowFix | undefined {
  const keys = chosen(world.graph.closing(edge));
  if (keys === undefined || keys.length === 0 || keys.length > 10) return undefined;
  const changes = keys.map((key) => changeOf(world, key));
  const made = changes.filter((change) => change !== undefined);
  return made.length < changes.length ? undefined : fixBy(made.map(({ says }) => says).join('; '), made);
}
