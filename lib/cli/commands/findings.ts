import { type Found, findFindings } from '../../analysis/find-findings.ts';
import type { Finding } from '../../analysis/findings/finding.ts';
import { FINDING_IDS } from '../../analysis/findings/index.ts';
import type { Graph } from '../../graph/model.ts';
import { datasetOf } from '../../server/dataset.ts';
import { BadUse } from '../bad-use.ts';
import { type ExitCode, exitCodeOf, failOnOf } from '../fail-on.ts';
import type { Output } from '../print.ts';
import { readWorld, type WorldOptions } from '../world.ts';

/** The ids of `--finding`, each one of the registry; undefined: all. */
function wantedOf(ids: readonly string[] | undefined): ReadonlySet<string> | undefined {
  const unknown = ids?.find((id) => !FINDING_IDS.some((known) => known === id));
  if (unknown !== undefined) throw new BadUse(`no finding \`${unknown}\`; there are ${FINDING_IDS.map((id) => `\`${id}\``).join(', ')}`);
  return ids === undefined ? undefined : new Set(ids);
}

const about = ({ id, title, class: group, why, remediation, misses, references, prevention }: Finding): object => ({
  id,
  title,
  class: group,
  why,
  remediation,
  ...(misses === undefined ? {} : { misses }),
  references,
  prevention,
});

/** A finding with its rows, as the command line prints it: ids of nodes in place of their numbers. */
function printedFinding(graph: Graph, { finding, severity, count, population, rows }: Found): object {
  return {
    ...about(finding),
    severity,
    count,
    of: population,
    rows: rows.map(({ subject: { node, ...subject }, part: _, ...row }) => ({
      ...row,
      subject: { ...subject, ...(node === undefined ? {} : { id: graph.nodes.ids[node] }) },
    })),
  };
}

/** `findings`: what should not be so, with evidence and fix; exit code 1 where one is at or above `--fail-on`. */
export async function findingsCommand(
  options: WorldOptions & { readonly 'fail-on'?: string | undefined; readonly finding?: readonly string[] | undefined },
  out: Output,
): Promise<ExitCode> {
  const failOn = failOnOf(options['fail-on']);
  const wanted = wantedOf(options.finding);
  const data = datasetOf(await readWorld(options));
  const found = findFindings(data, wanted);
  const code = out.decided(
    exitCodeOf(
      failOn,
      found.map(({ severity }) => severity),
    ),
  );
  await out.write('{');
  await out.list(
    'findings',
    found.map((one) => printedFinding(data.graph, one)),
  );
  await out.write(`,"looked":${wanted?.size ?? FINDING_IDS.length},`);
  await out.list('gaps', data.graph.gaps);
  await out.write('}\n');
  return code;
}
