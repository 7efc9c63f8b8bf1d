export { command, kubectl, shellWord } from '../../access/shell.ts';
