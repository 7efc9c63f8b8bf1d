import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort, NetworkPolicyRule } from '../network-policy.ts';
import type { FieldReader, RawObject } from './field-reader.ts';
import { intOrString } from './int-or-string.ts';
import { labelSelectorOf, optionalSelector } from './label-selector.ts';
import { type Normalising, partsOf, placeOf } from './metadata.ts';
import { withoutUndefined } from './security-context.ts';

/** A NetworkPolicy; a manifest without `policyTypes` gets those that the API server gives it (pkg/apis/networking/v1/defaults.go). */
export function networkPolicyOf(object: RawObject, normalising: Normalising): NetworkPolicy {
  const { fields } = normalising;
  const { metadata, spec } = partsOf(object, normalising);
  const types = fields.strings(spec, 'policyTypes', '/spec');
  const egress = rulesOf(spec, { list: 'egress', peers: 'to' }, normalising);
  return withoutUndefined({
    ...placeOf(metadata),
    podSelector: labelSelectorOf(fields.object(spec, 'podSelector', '/spec') ?? {}, '/spec/podSelector', normalising),
    policyTypes: types.length > 0 ? types : egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'],
    ingress: rulesOf(spec, { list: 'ingress', peers: 'from' }, normalising),
    egress,
  });
}

function rulesOf(spec: RawObject, { list, peers }: { list: string; peers: string }, normalising: Normalising): NetworkPolicyRule[] {
  const { fields } = normalising;
  return fields.objects(spec, list, '/spec').map((rule, index) => {
    const at = `/spec/${list}/${index}`;
    return {
      ports: fields.objects(rule, 'ports', at).map((port, place) => portOf(port, `${at}/ports/${place}`, fields)),
      peers: fields.objects(rule, peers, at).map((peer, place) => peerOf(peer, `${at}/${peers}/${place}`, normalising)),
    };
  });
}

function portOf(raw: RawObject, at: string, fields: FieldReader): NetworkPolicyPort {
  return withoutUndefined({
    protocol: fields.string(raw, 'protocol', at),
    port: intOrString(raw, 'port', { at, fields }),
    endPort: fields.integer(raw, 'endPort', at),
  });
}

function peerOf(raw: RawObject, at: string, normalising: Normalising): NetworkPolicyPeer {
  const { fields } = normalising;
  const block = fields.object(raw, 'ipBlock', at);
  return withoutUndefined({
    ipBlock:
      block === undefined
        ? undefined
        : { cidr: fields.name(block, 'cidr', `${at}/ipBlock`), except: fields.strings(block, 'except', `${at}/ipBlock`) },
    podSelector: optionalSelector(raw, { key: 'podSelector', at }, normalising),
    namespaceSelector: optionalSelector(raw, { key: 'namespaceSelector', at }, normalising),
  });
}
