import type { SeccompOrAppArmorProfile, SecurityContext } from '../kubernetes.ts';
import type { FieldReader, RawObject } from './field-reader.ts';

/** The security context under `securityContext` of a pod spec or a container, as it was written; undefined: none or an empty one. */
export function securityContextOf(owner: RawObject, at: string, fields: FieldReader): SecurityContext | undefined {
  const raw = fields.object(owner, 'securityContext', at);
  if (raw === undefined) return undefined;
  for (const _ in raw) return readSecurityContext(raw, `${at}/securityContext`, fields);
  return undefined;
}

function readSecurityContext(raw: RawObject, at: string, fields: FieldReader): SecurityContext {
  const capabilities = fields.object(raw, 'capabilities', at) ?? {};
  const windows = fields.object(raw, 'windowsOptions', at);
  return withoutUndefined({
    privileged: fields.boolean(raw, 'privileged', at),
    allowPrivilegeEscalation: fields.boolean(raw, 'allowPrivilegeEscalation', at),
    runAsUser: fields.integer(raw, 'runAsUser', at),
    runAsNonRoot: fields.boolean(raw, 'runAsNonRoot', at),
    readOnlyRootFilesystem: fields.boolean(raw, 'readOnlyRootFilesystem', at),
    capabilitiesAdd: fields.strings(capabilities, 'add', `${at}/capabilities`),
    capabilitiesDrop: fields.strings(capabilities, 'drop', `${at}/capabilities`),
    seccompProfile: profileOf(raw, 'seccompProfile', { at, fields }),
    appArmorProfile: profileOf(raw, 'appArmorProfile', { at, fields }),
    hostProcess: windows === undefined ? undefined : fields.boolean(windows, 'hostProcess', `${at}/windowsOptions`),
    procMount: fields.string(raw, 'procMount', at),
    seLinuxOptions: seLinuxOf(raw, at, fields),
    sysctls: sysctlsOf(raw, at, fields),
  });
}

function seLinuxOf(raw: RawObject, at: string, fields: FieldReader): SecurityContext['seLinuxOptions'] {
  const options = fields.object(raw, 'seLinuxOptions', at);
  if (options === undefined) return undefined;
  const here = `${at}/seLinuxOptions`;
  return withoutUndefined({
    type: fields.string(options, 'type', here),
    user: fields.string(options, 'user', here),
    role: fields.string(options, 'role', here),
  });
}

function sysctlsOf(raw: RawObject, at: string, fields: FieldReader): readonly string[] | undefined {
  const sysctls = fields.objects(raw, 'sysctls', at);
  return sysctls.length === 0 ? undefined : sysctls.map((sysctl, index) => fields.name(sysctl, 'name', `${at}/sysctls/${index}`));
}

function profileOf(raw: RawObject, key: string, { at, fields }: { at: string; fields: FieldReader }): SeccompOrAppArmorProfile | undefined {
  const profile = fields.object(raw, key, at);
  if (profile === undefined) return undefined;
  const localhostProfile = fields.string(profile, 'localhostProfile', `${at}/${key}`);
  return { type: fields.name(profile, 'type', `${at}/${key}`), ...(localhostProfile === undefined ? {} : { localhostProfile }) };
}

type Defined<Fields> = { [Key in keyof Fields as undefined extends Fields[Key] ? never : Key]: Fields[Key] } & {
  [Key in keyof Fields as undefined extends Fields[Key] ? Key : never]?: Exclude<Fields[Key], undefined>;
};

/** The same object without the fields that are undefined, in the same order: an absent field is absent. */
export function withoutUndefined<Fields extends object>(fields: Fields): Defined<Fields> {
  const kept: { [key: string]: unknown } = {};
  for (const key in fields) if (fields[key] !== undefined) kept[key] = fields[key];
  return kept as Defined<Fields>;
}
