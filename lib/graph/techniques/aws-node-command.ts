import { agentHangsOn, type NodeCommand, namedInstances, nodeCommands } from '../../access/aws/node-command.ts';
import { instanceOf } from '../../access/aws/node-role.ts';
import type { AwsPrincipal } from '../../access/aws/principal-statements.ts';
import type { Node } from '../../inventory/kubernetes.ts';
import { objectEvidence } from '../evidence/objects.ts';
import { nodeRoleOf } from '../facts/aws-nodes.ts';
import {
  AWS_PRINCIPALS,
  actors,
  changesOfWays,
  closingOfWays,
  fixOfChange,
  fixOfRights,
  principalAt,
  rightsEvidence,
  worldOf,
} from '../facts/aws-principals.ts';
import { everything } from '../facts/everything.ts';
import type { Facts } from '../facts/facts.ts';
import type { Certainty } from '../kinds.ts';
import type { Evidence } from '../model.ts';
import { defineTechnique } from './technique.ts';

/** Nodes that are EC2 instances, by the instance. */
function instances({ inventory, nodes }: Facts): Map<string, { readonly node: number; readonly record: Node }> {
  return new Map(
    inventory.kubernetes.nodes.flatMap((record) => {
      const id = instanceOf(record)?.id;
      const node = nodes.indexOf(`node:${record.name}`);
      return id === undefined || node === undefined ? [] : [[id, { node, record }] as const];
    }),
  );
}

/** What the agent needs on the nodes that are meant: on one, or on some of all. */
function agentOf(facts: Facts, to: number): string | undefined {
  const world = worldOf(facts);
  if (facts.nodes.kinds[to] === 'node') return agentHangsOn(world, nodeRoleOf(facts, to)?.roleArn);
  const roles = new Set([...instances(facts).values()].map(({ node }) => nodeRoleOf(facts, node)?.roleArn));
  const answers = [...roles].map((roleArn) => agentHangsOn(world, roleArn));
  return answers.find((answer) => answer !== undefined);
}

/** A few of all nodes, to show what a command reaches. */
const someInstances = (facts: Facts): Node[] => [...instances(facts).values()].slice(0, 3).map(({ record }) => record);

interface Way {
  readonly command: NodeCommand;
  readonly hangsOn: readonly string[];
}

/** Every way to run commands on the node, or on whichever node. */
function commandsTo(facts: Facts, principal: AwsPrincipal, to: number): readonly NodeCommand[] {
  const record = facts.nodes.kinds[to] === 'node' ? (facts.nodes.records[to] as Node) : undefined;
  return nodeCommands(worldOf(facts), principal, record === undefined ? undefined : instanceOf(record)?.id);
}

/** The best way to the node, or to any of all nodes. */
function wayTo(
  facts: Facts,
  principal: AwsPrincipal,
  { to, agent }: { readonly to: number; readonly agent: string | undefined },
): Way | undefined {
  const ways = commandsTo(facts, principal, to).map((command): Way => {
    const hangsOn = command.bySsm && agent !== undefined ? [agent, ...command.dependsOn] : command.dependsOn;
    return { command, hangsOn };
  });
  return ways.find(({ hangsOn }) => hangsOn.length === 0) ?? ways[0];
}

/** Whether every node is an instance of the cluster's account, so that all nodes are meant when any instance is. */
const SOME_NODES = 'the node being an EC2 instance: some nodes are not';

/** Nodes whose instances the principal's statements name one by one, and that it surely or maybe runs commands on. */
function* namedNodes(
  facts: Facts,
  principal: AwsPrincipal,
  known: ReturnType<typeof instances>,
): Generator<{ readonly to: number; readonly certainty: Certainty }> {
  for (const id of namedInstances(worldOf(facts), principal)) {
    const to = known.get(id)?.node;
    const way = to === undefined ? undefined : wayTo(facts, principal, { to, agent: agentOf(facts, to) });
    if (to !== undefined && way !== undefined) yield { to, certainty: way.hangsOn.length === 0 ? 'certain' : 'conditional' };
  }
}

export const awsNodeCommand = defineTechnique({
  id: 'aws-node-command',
  title: 'Runs commands on nodes through AWS',
  class: 'cloud',
  walked: true,
  from: AWS_PRINCIPALS,
  to: ['node', 'all-nodes'],
  action: "Runs commands on the node's instance by Systems Manager, by EC2 Instance Connect, by its user data or by its launch template.",
  precondition:
    'A principal of the account is allowed ssm:SendCommand or ssm:StartSession, or EC2 actions that put code on the instance; for Systems Manager the agent needs rights of the instance role.',
  remediation: 'Limit these actions to instances that are no nodes, by their tags.',
  coverage: { level: 'partial', misses: "tags of the node's instance, which conditions may ask for, and networks that keep SSH out" },
  attck: ['T1651', 'T1021.004'],
  references: [
    'https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-instance-permissions.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-connect-methods.html',
  ],
  find(facts, emit) {
    const known = instances(facts);
    if (known.size === 0) return;
    const all = everything(facts, 'all-nodes', '');
    const mixed = known.size < facts.inventory.kubernetes.nodes.length;
    const agent = agentOf(facts, all);
    for (const { node, principal } of actors(facts)) {
      const way = wayTo(facts, principal, { to: all, agent });
      const sure = way?.hangsOn.length === 0 && !mixed;
      if (way !== undefined) emit(node, all, 0, sure ? 'certain' : 'conditional');
      if (sure) continue;
      for (const { to, certainty } of namedNodes(facts, principal, known)) emit(node, to, 0, certainty);
    }
  },
  changes(facts, { from, to }) {
    const principal = principalAt(facts, from);
    return changesOfWays(
      facts,
      principal,
      commandsTo(facts, principal, to).map(({ rights }) => rights),
    );
  },
  closing(facts, { from, to }) {
    const principal = principalAt(facts, from);
    return closingOfWays(
      facts,
      principal,
      commandsTo(facts, principal, to).map(({ rights }) => rights),
    );
  },
  fix(facts, { from }, change) {
    return fixOfChange(facts, principalAt(facts, from), change);
  },
  explain(facts, { from, to, certainty }) {
    const principal = principalAt(facts, from);
    const way = wayTo(facts, principal, { to, agent: agentOf(facts, to) });
    if (way === undefined) throw new Error(`aws-node-command: ${facts.nodes.ids[from]} does not reach ${facts.nodes.ids[to]}`);
    const meant = facts.nodes.kinds[to] === 'node' ? [facts.nodes.records[to] as Node] : someInstances(facts);
    const targets = meant.map((record) => objectEvidence('Node', record, '/spec/providerID', `is instance ${instanceOf(record)?.id}`));
    const hangsOn = way.hangsOn.length === 0 ? [SOME_NODES] : way.hangsOn;
    return {
      evidence: [...targets, ...rightsEvidence(facts, principal, way.command.rights)] as [Evidence, ...Evidence[]],
      ...(certainty === 'certain' ? {} : { hangsOn: hangsOn.join('; ') }),
      fix: fixOfRights(facts, principal, way.command.rights),
    };
  },
});
