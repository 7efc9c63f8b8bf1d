/** JSON pointer of the pod template in a controller of a kind. */
export const templatePointer = (kind: string): string => (kind === 'CronJob' ? '/spec/jobTemplate/spec/template' : '/spec/template');
