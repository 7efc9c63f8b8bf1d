import type { Container, ContainerPort, ProbeHost, SecretReference, VolumeMount } from '../kubernetes.ts';
import type { FieldReader, RawObject } from './field-reader.ts';
import { securityContextOf, withoutUndefined } from './security-context.ts';
import { plainVolumeName } from './volumes.ts';

const LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;
const NOTHING: readonly never[] = [];
const ROLE_ARN_MAX = 2048;

interface ContainerContext {
  readonly fields: FieldReader;
  readonly at: string;
  readonly generatedName: string | undefined;
}

/** All containers of a pod spec: init containers, containers, ephemeral containers, each in the order of its list. */
export function containersOf(spec: RawObject, context: ContainerContext): readonly Container[] {
  const containers: Container[] = [];
  for (const list of LISTS) {
    const raws = context.fields.objects(spec, list, context.at);
    for (let index = 0; index < raws.length; index++) {
      containers.push(containerOf(raws[index] as RawObject, { list, index }, { ...context, at: `${context.at}/${list}/${index}` }));
    }
  }
  return containers;
}

function containerOf(raw: RawObject, place: Pick<Container, 'list' | 'index'>, context: ContainerContext): Container {
  const { at, fields } = context;
  const environment = environmentOf(raw, context);
  return withoutUndefined({
    list: place.list,
    index: place.index,
    name: fields.name(raw, 'name', at),
    image: fields.string(raw, 'image', at) ?? '',
    restartPolicy: fields.string(raw, 'restartPolicy', at),
    securityContext: securityContextOf(raw, at, fields),
    volumeMounts: mountsOf(raw, context),
    secretReferences: environment.secretReferences,
    envNames: environment.envNames,
    awsRoleArn: environment.awsRoleArn,
    ports: portsOf(raw, context),
    probeHosts: probeHostsOf(raw, context),
  });
}

function mountsOf(raw: RawObject, { at, fields, generatedName }: ContainerContext): readonly VolumeMount[] {
  return fields.objects(raw, 'volumeMounts', at).map((mount, index) => {
    const here = `${at}/volumeMounts/${index}`;
    return withoutUndefined({
      volume: plainVolumeName(fields.name(mount, 'name', here), generatedName),
      mountPath: fields.name(mount, 'mountPath', here),
      subPath: fields.string(mount, 'subPath', here),
      readOnly: fields.boolean(mount, 'readOnly', here) ?? false,
      recursiveReadOnly: fields.string(mount, 'recursiveReadOnly', here),
    });
  });
}

interface Environment {
  readonly envNames: readonly string[];
  readonly secretReferences: readonly SecretReference[];
  readonly awsRoleArn: string | undefined;
}

/** Names and references. A literal value is looked at in one place only: `AWS_ROLE_ARN`, and kept only if it is an ARN. */
function environmentOf(raw: RawObject, { at, fields }: ContainerContext): Environment {
  const env = fields.objects(raw, 'env', at);
  const envFrom = fields.objects(raw, 'envFrom', at);
  if (env.length === 0 && envFrom.length === 0) return { envNames: NOTHING, secretReferences: NOTHING, awsRoleArn: undefined };
  const envNames: string[] = [];
  const secretReferences: SecretReference[] = [];
  let awsRoleArn: string | undefined;
  for (let index = 0; index < env.length; index++) {
    const entry = env[index] as RawObject;
    const name = fields.name(entry, 'name', `${at}/env/${index}`);
    envNames.push(name);
    if (name === 'AWS_ROLE_ARN') awsRoleArn = arnIn(entry.value) ?? awsRoleArn;
    const from = fields.object(entry, 'valueFrom', `${at}/env/${index}`);
    const reference = from === undefined ? undefined : fields.object(from, 'secretKeyRef', `${at}/env/${index}/valueFrom`);
    if (reference === undefined) continue;
    const pointer = `/env/${index}/valueFrom/secretKeyRef`;
    const secret = fields.string(reference, 'name', at + pointer);
    if (secret) secretReferences.push(withoutUndefined({ secret, key: fields.string(reference, 'key', at + pointer), pointer }));
  }
  for (let index = 0; index < envFrom.length; index++) {
    const pointer = `/envFrom/${index}/secretRef`;
    const reference = fields.object(envFrom[index] as RawObject, 'secretRef', `${at}/envFrom/${index}`);
    const secret = reference === undefined ? undefined : fields.string(reference, 'name', at + pointer);
    if (secret) secretReferences.push({ secret, pointer });
  }
  return { envNames, secretReferences, awsRoleArn };
}

function arnIn(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= ROLE_ARN_MAX && /^arn:[a-z-]+:iam::\d+:role\//.test(value) ? value : undefined;
}

function portsOf(raw: RawObject, { at, fields }: ContainerContext): readonly ContainerPort[] {
  const ports = fields.objects(raw, 'ports', at);
  if (ports.length === 0) return NOTHING;
  return ports.map((port, index) => {
    const here = `${at}/ports/${index}`;
    return withoutUndefined({
      name: fields.string(port, 'name', here),
      protocol: fields.string(port, 'protocol', here) || 'TCP',
      containerPort: fields.integer(port, 'containerPort', here) ?? 0,
      // Zero is how some writers print none.
      hostPort: fields.integer(port, 'hostPort', here) || undefined,
      hostIP: fields.string(port, 'hostIP', here) || undefined,
    });
  });
}

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const HOOKS = ['postStart', 'preStop'] as const;
const HANDLERS = ['httpGet', 'tcpSocket'] as const;

/** Hosts that probes and lifecycle hooks are sent to; undefined where none is written, as almost always. */
function probeHostsOf(raw: RawObject, { at, fields }: ContainerContext): readonly ProbeHost[] | undefined {
  const found: ProbeHost[] = [];
  const look = (handlers: RawObject, pointer: string): void => {
    for (const handler of HANDLERS) {
      const target = fields.object(handlers, handler, at + pointer);
      const host = target === undefined ? undefined : fields.string(target, 'host', `${at}${pointer}/${handler}`);
      if (host) found.push({ host, pointer: `${pointer}/${handler}/host` });
    }
  };
  for (const probe of PROBES) {
    const handlers = fields.object(raw, probe, at);
    if (handlers !== undefined) look(handlers, `/${probe}`);
  }
  const lifecycle = fields.object(raw, 'lifecycle', at);
  for (const hook of lifecycle === undefined ? [] : HOOKS) {
    const handlers = fields.object(lifecycle as RawObject, hook, `${at}/lifecycle`);
    if (handlers !== undefined) look(handlers, `/lifecycle/${hook}`);
  }
  return found.length === 0 ? undefined : found;
}
