import { EVERYWHERE } from '../node-id.ts';

/** Whether a scope is all namespaces: cluster-wide, or each of them by a binding that somebody could make there. */
export const isEverywhere = (scope: string): boolean => scope === '' || scope === EVERYWHERE;
