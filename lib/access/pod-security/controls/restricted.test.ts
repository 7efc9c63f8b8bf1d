import { describe, expect, test } from 'vitest';
import type { PodSecurityControlId } from '../control.ts';
import { breachesOf, type Policy, type TestedPod } from '../testing/breaches.ts';

type Json = Record<string, unknown>;
/** Name, pod, policy, pointers of the breaches; none: let in. */
type Row = readonly [string, TestedPod, Policy, ...string[]];

const main = (securityContext: Json, spec: Json = {}): TestedPod => ({ container: { securityContext }, spec });
const ofPod = (securityContext: Json, more: Json = {}): TestedPod => ({ spec: { securityContext, ...more } });
const volume = (source: Json): TestedPod => ({ spec: { volumes: [{ name: 'v', ...source }] } });
const MAIN = '/spec/containers/0';
const AT = `${MAIN}/securityContext`;
const WINDOWS = { os: { name: 'windows' } };
const LINUX = { os: { name: 'linux' } };
const USER_NAMESPACE = { hostUsers: false };

const tables: Readonly<Partial<Record<PodSecurityControlId, readonly Row[]>>> = {
  restrictedVolumes: [
    ['hostPath', volume({ hostPath: { path: '/' } }), 'restricted', '/spec/volumes/0'],
    ['nfs', volume({ nfs: { server: 's', path: '/' } }), 'restricted', '/spec/volumes/0'],
    ['flexVolume', volume({ flexVolume: { driver: 'd' } }), 'restricted:v1.0', '/spec/volumes/0'],
    ['awsElasticBlockStore', volume({ awsElasticBlockStore: { volumeID: 'v' } }), 'restricted', '/spec/volumes/0'],
    ['image on a server before 1.33', volume({ image: { reference: 'i' } }), 'restricted:latest:32', '/spec/volumes/0'],
    ['image from server 1.33 on, even at an older policy', volume({ image: { reference: 'i' } }), 'restricted:v1.25:33'],
    ['configMap', volume({ configMap: { name: 'c' } }), 'restricted'],
    ['csi', volume({ csi: { driver: 'd' } }), 'restricted'],
    ['downwardAPI', volume({ downwardAPI: {} }), 'restricted'],
    ['emptyDir', volume({ emptyDir: {} }), 'restricted'],
    ['ephemeral', volume({ ephemeral: {} }), 'restricted'],
    ['persistentVolumeClaim', volume({ persistentVolumeClaim: { claimName: 'c' } }), 'restricted'],
    ['projected', volume({ projected: {} }), 'restricted'],
    ['secret', volume({ secret: { secretName: 's' } }), 'restricted'],
    ['of no kind: an emptyDir by default', volume({}), 'restricted'],
    ['baseline does not ask', volume({ nfs: { server: 's', path: '/' } }), 'baseline'],
  ],
  allowPrivilegeEscalation: [
    ['nothing said', {}, 'restricted', MAIN],
    ['true', main({ allowPrivilegeEscalation: true }), 'restricted', `${AT}/allowPrivilegeEscalation`],
    ['at v1.8', {}, 'restricted:v1.8', MAIN],
    ['for Windows before 1.25', main({}, WINDOWS), 'restricted:v1.24', MAIN],
    ['for Linux', main({}, LINUX), 'restricted:v1.25', MAIN],
    [
      'an init container',
      { container: { securityContext: { allowPrivilegeEscalation: false } }, spec: { initContainers: [{ name: 'i', image: 'i' }] } },
      'restricted',
      '/spec/initContainers/0',
    ],
    ['false', main({ allowPrivilegeEscalation: false }), 'restricted'],
    ['for Windows from 1.25', main({}, WINDOWS), 'restricted:v1.25'],
    ['before 1.8', {}, 'restricted:v1.7'],
    ['baseline does not ask', main({ allowPrivilegeEscalation: true }), 'baseline'],
  ],
  runAsNonRoot: [
    ['nobody says', {}, 'restricted', MAIN],
    ['false on the container', main({ runAsNonRoot: false }), 'restricted', `${AT}/runAsNonRoot`],
    [
      'false on the pod counts though every container says true',
      { container: { securityContext: { runAsNonRoot: true } }, spec: { securityContext: { runAsNonRoot: false } } },
      'restricted',
      '/spec/securityContext/runAsNonRoot',
    ],
    [
      'true on the pod, false on the container',
      { container: { securityContext: { runAsNonRoot: false } }, spec: { securityContext: { runAsNonRoot: true } } },
      'restricted:v1.0',
      `${AT}/runAsNonRoot`,
    ],
    ['a user that is not root does not stand for it', main({ runAsUser: 1000 }), 'restricted', MAIN],
    ['a user namespace before 1.35', main({}, USER_NAMESPACE), 'restricted:v1.34', MAIN],
    ['for Windows as well', main({}, WINDOWS), 'restricted', MAIN],
    ['true on the pod', ofPod({ runAsNonRoot: true }), 'restricted'],
    ['true on every container', main({ runAsNonRoot: true }), 'restricted'],
    ['a user namespace from 1.35', main({ runAsNonRoot: false }, USER_NAMESPACE), 'restricted:v1.35'],
    ['baseline does not ask', main({ runAsNonRoot: false }), 'baseline'],
  ],
  runAsUser: [
    ['0 on the container', main({ runAsUser: 0 }), 'restricted', `${AT}/runAsUser`],
    ['0 on the pod', ofPod({ runAsUser: 0 }), 'restricted:v1.23', '/spec/securityContext/runAsUser'],
    ['a user namespace before 1.35', main({ runAsUser: 0 }, USER_NAMESPACE), 'restricted:v1.34', `${AT}/runAsUser`],
    ['a user namespace from 1.35', main({ runAsUser: 0 }, USER_NAMESPACE), 'restricted:v1.35'],
    ['before 1.23', main({ runAsUser: 0 }), 'restricted:v1.22'],
    ['another user', main({ runAsUser: 1 }), 'restricted'],
    ['nothing said', {}, 'restricted'],
    ['baseline does not ask', main({ runAsUser: 0 }), 'baseline'],
  ],
  seccompProfile_restricted: [
    ['nobody says', {}, 'restricted', MAIN],
    ['Unconfined', main({ seccompProfile: { type: 'Unconfined' } }), 'restricted', `${AT}/seccompProfile/type`],
    [
      'Unconfined on the pod, a good one on the container',
      {
        container: { securityContext: { seccompProfile: { type: 'RuntimeDefault' } } },
        spec: { securityContext: { seccompProfile: { type: 'Unconfined' } } },
      },
      'restricted',
      '/spec/securityContext/seccompProfile/type',
    ],
    [
      'Unconfined on the pod, nothing on the container',
      ofPod({ seccompProfile: { type: 'Unconfined' } }),
      'restricted',
      '/spec/securityContext/seccompProfile/type',
      MAIN,
    ],
    ['for Windows before 1.25', main({}, WINDOWS), 'restricted:v1.24', MAIN],
    ['a good one on the pod', ofPod({ seccompProfile: { type: 'RuntimeDefault' } }), 'restricted'],
    ['Localhost on the container', main({ seccompProfile: { type: 'Localhost', localhostProfile: 'p' } }), 'restricted:v1.19'],
    ['for Windows from 1.25', main({}, WINDOWS), 'restricted:v1.25'],
    ['before 1.19', {}, 'restricted:v1.18'],
    ['baseline does not ask', {}, 'baseline'],
  ],
  capabilities_restricted: [
    ['nothing dropped', {}, 'restricted', MAIN],
    ['not all dropped', main({ capabilities: { drop: ['NET_RAW'] } }), 'restricted', MAIN],
    ['lower case', main({ capabilities: { drop: ['all'] } }), 'restricted', MAIN],
    ['with a prefix', main({ capabilities: { drop: ['CAP_ALL'] } }), 'restricted:v1.22', MAIN],
    ['one added', main({ capabilities: { drop: ['ALL'], add: ['CHOWN'] } }), 'restricted', `${AT}/capabilities/add`],
    ['added and not dropped', main({ capabilities: { add: ['CHOWN'] } }), 'restricted', MAIN, `${AT}/capabilities/add`],
    ['for Windows before 1.25', main({}, WINDOWS), 'restricted:v1.24', MAIN],
    ['a user namespace changes nothing', main({}, USER_NAMESPACE), 'restricted', MAIN],
    ['all dropped', main({ capabilities: { drop: ['ALL'] } }), 'restricted'],
    ['NET_BIND_SERVICE added', main({ capabilities: { drop: ['KILL', 'ALL'], add: ['NET_BIND_SERVICE'] } }), 'restricted'],
    ['for Windows from 1.25', main({}, WINDOWS), 'restricted:v1.25'],
    ['before 1.22', {}, 'restricted:v1.21'],
    ['baseline does not ask', {}, 'baseline'],
  ],
  procMount_restricted: [
    ['Unmasked', main({ procMount: 'Unmasked' }), 'restricted', `${AT}/procMount`],
    ['a user namespace changes nothing', main({ procMount: 'Unmasked' }, USER_NAMESPACE), 'restricted:v1.35', `${AT}/procMount`],
    ['before 1.35 it is the control of baseline', main({ procMount: 'Unmasked' }), 'restricted:v1.34'],
    ['Default', main({ procMount: 'Default' }), 'restricted'],
    ['baseline does not ask', main({ procMount: 'Unmasked' }), 'baseline'],
  ],
};

describe.each(Object.entries(tables))('%s', (control, rows) => {
  test.each(rows.map(([name, ...row]) => [name, row] as const))('%s', (_name, [pod, policy, ...pointers]) =>
    expect(breachesOf(control as PodSecurityControlId, policy, pod)).toEqual(pointers),
  );
});
