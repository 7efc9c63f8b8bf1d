import type { GcpDenyPolicy, GcpInventory, GcpPolicy } from '../../gcp.ts';

/** What answers leave to the rest of the data: which project a number means, and which one a secret without a project belongs to. */
export class GcpNames {
  readonly #idOfNumber: ReadonlyMap<string, string>;
  readonly #home: string | undefined;

  constructor({ projects, clusters }: Pick<GcpInventory, 'projects' | 'clusters'>) {
    this.#idOfNumber = new Map(projects.flatMap(({ id, number }) => (number === undefined ? [] : [[number, id]])));
    this.#home = homeProject({ projects, clusters });
  }

  /** A resource by its project's id, where it said the number. */
  byId(name: string): string {
    const match = /^projects\/(\d{1,20})(?=$|\/)/.exec(name);
    const id = match === null ? undefined : this.#idOfNumber.get(match[1] as string);
    return id === undefined || match === null ? name : `projects/${id}${name.slice(match[0].length)}`;
  }

  /** A policy with its resource by its full name. */
  policy(policy: GcpPolicy): GcpPolicy {
    const { project } = policy;
    const isUnplaced = policy.resource.startsWith('projects/-/secrets/') && this.#home !== undefined;
    const resource = this.byId(isUnplaced ? policy.resource.replace('/-/', `/${this.#home}/`) : policy.resource);
    return { ...policy, resource, ...(project === undefined ? {} : { project: this.#idOfNumber.get(project) ?? project }) };
  }

  denyPolicy(policy: GcpDenyPolicy): GcpDenyPolicy {
    return { ...policy, attachedTo: this.byId(policy.attachedTo) };
  }
}

/** The project whose clusters were read, or the only one. */
function homeProject({ clusters, projects }: Pick<GcpInventory, 'projects' | 'clusters'>): string | undefined {
  const hosts = new Set(clusters.map(({ project }) => project));
  const candidates = hosts.size > 0 ? [...hosts] : projects.map(({ id }) => id);
  return candidates.length === 1 ? candidates[0] : undefined;
}
