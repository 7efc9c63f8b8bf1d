import { parseArgs } from 'node:util';
import { SourceError } from '../sources/source-error.ts';
import { BadUse } from './bad-use.ts';
import { assumeCommand } from './commands/assume.ts';
import { chokePointsCommand } from './commands/choke-points.ts';
import { cloudReviewCommand } from './commands/cloud-review.ts';
import { collectScriptCommand } from './commands/collect-script.ts';
import { cutsCommand } from './commands/cuts.ts';
import { diagnoseCommand } from './commands/diagnose.ts';
import { findingsCommand } from './commands/findings.ts';
import { graphCommand } from './commands/graph.ts';
import { linksCommand } from './commands/links.ts';
import { pathCommand } from './commands/path.ts';
import { reachCommand } from './commands/reach.ts';
import { reviewCommand } from './commands/review.ts';
import { previewCommand, whatIfCommand } from './commands/what-if.ts';
import { Output } from './print.ts';
import { printable } from './printable.ts';

const HELP = `podreach COMMAND --snapshot PATH

  graph                 nodes, edges with their evidence, gaps
  reach ID…             what falls when these are compromised
                          --direction reverse  who can reach them
                          --depth N            at most N hops
  path FROM TO          the shortest ways, hop by hop
                          -k N                 how many (3)
                          --by hops|ease       shortest (hops), or easiest and unlike each other
  cuts FROM TO          the smallest set of changes that separates them: what to run, what it takes from whom
                          --certainty certain|all  which ways to cut (all)
                          FROM and TO may be namespace:NAME, for all of its pods; TO may be crown-jewels
  choke-points          the single changes that keep most pairs of a workload and a crown jewel apart
                          --target ID          a jewel, instead of cluster admin, nodes, secrets of kube-system and cloud
                                               administrators; may be repeated
                          --jewel ID           a node that is a jewel besides those; for cuts, what-if and preview too; may be repeated
                          --most N             how many (10)
  what-if               what hypothetical changes would open and close: ways to crown jewels, verdicts, findings
                          --change FILE        manifests to apply, {change: delete|patch|apply, …}, what aws, gcloud and az print
                                               (docs/what-if.md), or what cuts and choke-points print; JSON or YAML, - for
                                               stdin; may be repeated
  preview FILE…         the same for manifests that are not in the cluster yet (kubectl kustomize, helm template); - for stdin
                          --namespace NAME     of objects that say none (default)
                          --fail-on SEVERITY   exit code 1 where something as bad opens: critical, high, medium, low
  findings              what should not be so: why, evidence, fix as command and patch, the policy that stops it
                          --finding ID         only this one; may be repeated
                          --fail-on SEVERITY   exit code 1 where one is critical, high, medium or low, or worse
  review                SubjectAccessReview specs on stdin, one JSON a line → verdicts
  links                 service accounts and cloud identities that something connects
  diagnose [NS/NAME…]   why their cloud identities work or do not: every step, the first that fails, the command that mends it
  cloud-review          {provider, identity, action, resource, context?, resourcePolicy?} on stdin → a decision
  assume                {from, to, context?} on stdin, one JSON a line → {allowed, code, reason}
                          A context that is given says all that the caller puts into the request: what it leaves out is
                          absent, but for what nobody chooses (source address, time, MFA, tags of the resource), which
                          stays unknown. Without a context all of it is unknown. A line with an unknown identity gets
                          {error}; the others are answered, and the exit code is 2.
  collect-script        a read-only bash script that collects a snapshot folder with kubectl, aws, gcloud and az
                          --kubernetes --aws --gcp --azure  only these parts

An ID is a node id (pod:shop/api-1, sa:shop/api, node:ip-10-0-1-4, cluster-admin:cluster), KIND/NAMESPACE/NAME, or the ARN of a role.
Outside of the cluster: internet:internet, and node-network:nodes for whoever is on the network of the nodes.

  --snapshot PATH       a folder, a file, or a .tar.gz or .zip of what kubectl and aws print
  --kubeconfig FILE     read a live cluster instead
  --context NAME        context of the kubeconfig
  --aws                 read the AWS account of the default credential chain live beside it
  --aws-profile NAME    the account of this profile; may be repeated
  --aws-role ARN        an account through a role to assume; may be repeated
  --aws-region NAME     a region with clusters, besides AWS_REGION; may be repeated
  --gcp-project ID      read a Google Cloud project live beside it; may be repeated
  --azure-subscription ID
                        read an Azure subscription live beside it; may be repeated
  --cluster NAME        which cluster this is: name, ARN, selfLink, resource id or OIDC issuer
  --help

JSON on stdout, messages on stderr. Exit code 0: answered; 1: something at or above --fail-on; 2: bad use or input.
`;

const OPTIONS = {
  snapshot: { type: 'string' },
  kubeconfig: { type: 'string' },
  context: { type: 'string' },
  cluster: { type: 'string' },
  aws: { type: 'boolean' },
  kubernetes: { type: 'boolean' },
  gcp: { type: 'boolean' },
  azure: { type: 'boolean' },
  'aws-profile': { type: 'string', multiple: true },
  'aws-role': { type: 'string', multiple: true },
  'aws-region': { type: 'string', multiple: true },
  'gcp-project': { type: 'string', multiple: true },
  'azure-subscription': { type: 'string', multiple: true },
  direction: { type: 'string' },
  depth: { type: 'string' },
  k: { type: 'string', short: 'k' },
  by: { type: 'string' },
  certainty: { type: 'string' },
  target: { type: 'string', multiple: true },
  most: { type: 'string' },
  change: { type: 'string', multiple: true },
  namespace: { type: 'string' },
  jewel: { type: 'string', multiple: true },
  'fail-on': { type: 'string' },
  finding: { type: 'string', multiple: true },
  help: { type: 'boolean', short: 'h' },
} as const;

/** What Node says of an option in one sentence: its first, without the full stop. */
function sentenceOf({ message }: Error): string {
  const [first = ''] = message.split('\n');
  return first.replace(/\. To specify .*$|\.$/, '').replace(/^([A-Z])(?=[a-z])/, (letter) => letter.toLowerCase());
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true, tokens: true });
  } catch (error) {
    const isDashed = (error as NodeJS.ErrnoException).code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE';
    const dashed = isDashed ? '; a value that begins with a dash is written `--option=-value`' : '';
    throw new BadUse(`${sentenceOf(error as Error)}${dashed}; \`podreach --help\` lists the options`);
  }
}

/** The options and words of a command line. Of an option that is given twice one would do nothing, so that it is refused. */
function parse(args: readonly string[]) {
  const { values, positionals, tokens } = parsed(args);
  const seen = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'option' || Array.isArray(values[token.name])) continue;
    if (seen.has(token.name)) throw new BadUse(`\`${token.rawName}\` is given twice; give it once`);
    seen.add(token.name);
  }
  return { values, positionals };
}

type Values = ReturnType<typeof parse>['values'];

const SCRIPT = ['aws', 'kubernetes', 'gcp', 'azure'] as const;
/** Options that mean nothing to other commands; `--aws` means the live account there. */
const OWNERS = new Map<keyof Values, string | readonly string[]>([
  ['kubernetes', 'collect-script'],
  ['gcp', 'collect-script'],
  ['azure', 'collect-script'],
  ['direction', 'reach'],
  ['depth', 'reach'],
  ['k', 'path'],
  ['by', 'path'],
  ['certainty', 'cuts'],
  ['target', 'choke-points'],
  ['most', 'choke-points'],
  ['change', 'what-if'],
  ['namespace', ['what-if', 'preview']],
  ['jewel', ['cuts', 'choke-points', 'what-if', 'preview']],
  ['fail-on', ['findings', 'what-if', 'preview']],
  ['finding', 'findings'],
]);

/** An option that would do nothing is told, for whoever gives one counts on it. */
function assertOptions(command: string, values: Values): void {
  for (const option of Object.keys(values) as (keyof Values)[]) {
    const owners = OWNERS.get(option);
    const named = option.length === 1 ? `-${option}` : `--${option}`;
    if (owners !== undefined && ![owners].flat().includes(command))
      throw new BadUse(`\`${named}\` is for \`${[owners].flat().join('`, `')}\`; \`podreach --help\` lists the options`);
    if (command === 'collect-script' && !SCRIPT.some((part) => part === option))
      throw new BadUse(`\`collect-script\` takes no \`${named}\`; \`podreach --help\` lists the options`);
  }
}

/** Runs one command; what it gives, where it gives something, is the exit code. */
async function run(args: readonly string[], out: Output): Promise<unknown> {
  const { values, positionals } = parse(args);
  const [command, ...rest] = positionals;
  if (values.help === true || command === 'help') return out.write(HELP);
  const alone = (): void => {
    if (rest.length > 0) throw new BadUse(`\`${command}\` takes no \`${rest[0]}\``);
  };
  if (command !== undefined) assertOptions(command, values);
  switch (command) {
    case 'graph':
      alone();
      return graphCommand(values, out);
    case 'reach':
      return reachCommand(rest, values, out);
    case 'path':
      return pathCommand(rest, values, out);
    case 'cuts':
      return cutsCommand(rest, values, out);
    case 'choke-points':
      alone();
      return chokePointsCommand(values, out);
    case 'what-if':
      alone();
      return whatIfCommand(values, out);
    case 'preview':
      return previewCommand(rest, values, out);
    case 'findings':
      alone();
      return findingsCommand(values, out);
    case 'review':
      alone();
      return reviewCommand(values, process.stdin, out);
    case 'cloud-review':
      alone();
      return cloudReviewCommand(values, process.stdin, out);
    case 'assume':
      alone();
      return assumeCommand(values, process.stdin, out);
    case 'diagnose':
      return diagnoseCommand(rest, values, out);
    case 'links':
      alone();
      return linksCommand(values, out);
    case 'collect-script':
      alone();
      return collectScriptCommand(values, out);
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
    const code = await run(args, out);
    await out.flush();
    return code === 1 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof BadUse) && !(error instanceof SourceError)) throw error;
    await out.flush();
    process.stderr.write(`podreach: ${printable(error.message)}\n`);
    return 2;
  }
}
