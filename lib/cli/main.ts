import { parseArgs } from 'node:util';
import { SourceError } from '../sources/source-error.ts';
import { BadUse } from './bad-use.ts';
import { graphCommand } from './commands/graph.ts';
import { linksCommand } from './commands/links.ts';
import { pathCommand } from './commands/path.ts';
import { reachCommand } from './commands/reach.ts';
import { reviewCommand } from './commands/review.ts';
import { Output } from './print.ts';

const HELP = `podreach COMMAND --snapshot PATH

  graph                 nodes, edges with their evidence, gaps
  reach ID…             what falls when these are compromised
                          --direction reverse  who can reach them
                          --depth N            at most N hops
  path FROM TO          the shortest ways, hop by hop
                          -k N                 how many (3)
  review                SubjectAccessReview specs on stdin, one JSON a line → verdicts
  links                 service accounts and cloud identities that something connects

An ID is a node id (pod:shop/api-1, sa:shop/api, node:ip-10-0-1-4), KIND/NAMESPACE/NAME, or the ARN of a role.

  --snapshot PATH       a folder, a file, or a .tar.gz or .zip of what kubectl and aws print
  --kubeconfig FILE     read a live cluster instead
  --context NAME        context of the kubeconfig
  --cluster NAME        which cluster this is: name, ARN or OIDC issuer
  --help

JSON on stdout, messages on stderr. Exit code 0: answered; 2: bad use or input.
`;

const OPTIONS = {
  snapshot: { type: 'string' },
  kubeconfig: { type: 'string' },
  context: { type: 'string' },
  cluster: { type: 'string' },
  direction: { type: 'string' },
  depth: { type: 'string' },
  k: { type: 'string', short: 'k' },
  help: { type: 'boolean', short: 'h' },
} as const;

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    throw new BadUse(`${(error as Error).message}; \`podreach --help\` lists the options`);
  }
}

async function run(args: readonly string[], out: Output): Promise<void> {
  const { values, positionals } = parse(args);
  const [command, ...rest] = positionals;
  if (values.help === true || command === 'help') return out.write(HELP);
  const alone = (): void => {
    if (rest.length > 0) throw new BadUse(`\`${command}\` takes no \`${rest[0]}\``);
  };
  switch (command) {
    case 'graph':
      alone();
      return graphCommand(values, out);
    case 'reach':
      return reachCommand(rest, values, out);
    case 'path':
      return pathCommand(rest, values, out);
    case 'review':
      alone();
      return reviewCommand(values, process.stdin, out);
    case 'links':
      alone();
      return linksCommand(values, out);
    default:
      throw new BadUse(
        command === undefined ? 'no command; `podreach --help` lists them' : `no command \`${command}\`; \`podreach --help\` lists them`,
      );
  }
}

/** Runs one command and gives the exit code. Bugs of ours are not caught: they end the program with a stack. */
export async function main(args: readonly string[]): Promise<number> {
  const out = new Output();
  try {
    await run(args, out);
    await out.flush();
    return 0;
  } catch (error) {
    if (!(error instanceof BadUse) && !(error instanceof SourceError)) throw error;
    await out.flush();
    process.stderr.write(`podreach: ${error.message}\n`);
    return 2;
  }
}
