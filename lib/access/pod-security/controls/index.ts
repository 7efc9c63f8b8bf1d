import type { PodSecurityControl } from '../control.ts';
import { appArmor } from './app-armor.ts';
import { capabilitiesBaseline } from './capabilities-baseline.ts';
import { capabilitiesRestricted } from './capabilities-restricted.ts';
import { hostNamespaces } from './host-namespaces.ts';
import { hostPathVolumes } from './host-path-volumes.ts';
import { hostPorts } from './host-ports.ts';
import { hostProbesAndLifecycle } from './host-probes-and-lifecycle.ts';
import { privilegeEscalation } from './privilege-escalation.ts';
import { privileged } from './privileged.ts';
import { procMount, procMountRestricted } from './proc-mount.ts';
import { runAsNonRoot } from './run-as-non-root.ts';
import { runAsUser } from './run-as-user.ts';
import { seLinux } from './se-linux.ts';
import { seccompBaseline } from './seccomp-baseline.ts';
import { seccompRestricted } from './seccomp-restricted.ts';
import { sysctls } from './sysctls.ts';
import { volumeTypes } from './volume-types.ts';
import { windowsHostProcess } from './windows-host-process.ts';

/** Every control, those of `baseline` first, in the order in which people are told. */
export const POD_SECURITY_CONTROLS: readonly PodSecurityControl[] = [
  privileged,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  capabilitiesBaseline,
  windowsHostProcess,
  hostProbesAndLifecycle,
  appArmor,
  seLinux,
  procMount,
  seccompBaseline,
  sysctls,
  volumeTypes,
  privilegeEscalation,
  runAsNonRoot,
  runAsUser,
  seccompRestricted,
  capabilitiesRestricted,
  procMountRestricted,
];
