/** What `exposed=` of `/api/v1/workloads` understands, in words. */
export const EXPOSURES = [
  { value: 'internet', label: 'Reached from the internet', title: 'reached from the internet' },
  { value: 'network', label: "Reached from the nodes' network", title: "reached from the nodes' network alone" },
] as const;

export const EXPOSURE_VALUES = EXPOSURES.map(({ value }) => value);
