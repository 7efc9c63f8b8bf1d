import type { Container, PodSpec, SecurityContext } from '../kubernetes.ts';
import type { TemplateField } from './cut-key.ts';

type Fields<Entry> = { -readonly [Key in keyof Entry]: Entry[Key] };

/** A copy without some fields. */
function without<Entry extends object>(record: Entry, ...keys: readonly (keyof Entry)[]): Entry {
  const copy = { ...record } as Fields<Entry>;
  for (const key of keys) delete copy[key];
  return copy;
}

function withContexts(spec: PodSpec, change: (context: SecurityContext) => SecurityContext): PodSpec {
  const containers = spec.containers.map(
    (container): Container =>
      container.securityContext === undefined ? container : { ...container, securityContext: change(container.securityContext) },
  );
  const whole = { ...spec, containers };
  return spec.securityContext === undefined ? whole : { ...whole, securityContext: change(spec.securityContext) };
}

/** Volumes that are chosen go, and their mounts with them. The others keep their number: pointers into the live object stay true. */
function withoutVolumes(spec: PodSpec, isGone: (volume: PodSpec['volumes'][number]) => boolean): PodSpec {
  const gone = new Set(spec.volumes.filter(isGone).map(({ name }) => name));
  return {
    ...spec,
    volumes: spec.volumes.filter(({ name }) => !gone.has(name)),
    containers: spec.containers.map((container) => ({
      ...container,
      volumeMounts: container.volumeMounts.filter(({ volume }) => !gone.has(volume)),
    })),
  };
}

/** Whether a token may be for the API server: of another audience it is somebody else's, and stays. */
const isForApiServer = (audience: string | undefined, issuer: string | undefined): boolean =>
  audience === undefined ||
  audience === '' ||
  audience === issuer ||
  /^https:\/\/kubernetes\.default\.svc(?:\.cluster\.local)?$/.test(audience);

function withoutToken(spec: PodSpec, issuer: string | undefined): PodSpec {
  const volumes = spec.volumes.map((volume) => ({
    ...volume,
    tokens: volume.tokens.filter(({ audience }) => !isForApiServer(audience, issuer)),
  }));
  return { ...spec, volumes, automountServiceAccountToken: false };
}

/** The spec with what a cut takes out of a template taken out of it. */
export function withoutField(spec: PodSpec, field: TemplateField, issuer: string | undefined): PodSpec {
  switch (field) {
    case 'token':
      return withoutToken(spec, issuer);
    case 'privileged':
      return withContexts(spec, (context) => without(context, 'privileged'));
    case 'hostProcess':
      return withContexts(spec, (context) => without(context, 'hostProcess'));
    case 'capabilities':
      return withContexts(spec, (context) => ({ ...context, capabilitiesAdd: [] }));
    case 'hostPID':
      return { ...spec, hostPID: false };
    case 'hostIPC':
      return { ...spec, hostIPC: false };
    case 'hostNetwork':
      return { ...spec, hostNetwork: false };
    case 'hostPath':
      return withoutVolumes(spec, ({ hostPath }) => hostPath !== undefined);
  }
}

/** The spec without any reference to a secret: volumes, projected sources, environment, pulling images. */
export function withoutSecret(spec: PodSpec, secret: string): PodSpec {
  const bare = withoutVolumes(spec, ({ secretName }) => secretName === secret);
  return {
    ...bare,
    imagePullSecrets: bare.imagePullSecrets.filter((name) => name !== secret),
    volumes: bare.volumes.map((volume) => ({ ...volume, projectedSecrets: volume.projectedSecrets.filter(({ name }) => name !== secret) })),
    containers: bare.containers.map((container) => ({
      ...container,
      secretReferences: container.secretReferences.filter((reference) => reference.secret !== secret),
    })),
  };
}
