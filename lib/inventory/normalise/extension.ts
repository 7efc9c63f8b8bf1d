import type { ApiService, CustomResourceDefinition } from '../admission.ts';
import { hostOfUrl } from './exposure-annotations.ts';
import type { RawObject } from './field-reader.ts';
import { metadataOf, type Normalising, partsOf } from './metadata.ts';
import { withoutUndefined } from './security-context.ts';

/** A CustomResourceDefinition: its names, and who converts its objects and so sees them all. Schemas are not kept. */
export function customResourceDefinitionOf(object: RawObject, normalising: Normalising): CustomResourceDefinition {
  const { fields } = normalising;
  const metadata = metadataOf(object, normalising);
  const spec = fields.object(object, 'spec', '') ?? fields.fail('', 'spec', 'an object') ?? {};
  const names = fields.object(spec, 'names', '/spec') ?? {};
  return withoutUndefined({
    name: metadata.name,
    uid: metadata.uid,
    group: fields.name(spec, 'group', '/spec'),
    plural: fields.name(names, 'plural', '/spec/names'),
    kind: fields.name(names, 'kind', '/spec/names'),
    conversionTarget: conversionTargetOf(spec, normalising),
  });
}

/** `.spec.conversion.webhook.clientConfig`, or `.webhookClientConfig` as v1beta1 has it; only where the strategy is Webhook. */
function conversionTargetOf(spec: RawObject, { fields }: Normalising): string | undefined {
  const at = '/spec/conversion';
  const conversion = fields.object(spec, 'conversion', '/spec');
  if (conversion === undefined || fields.string(conversion, 'strategy', at) !== 'Webhook') return undefined;
  const webhook = fields.object(conversion, 'webhook', at);
  const config =
    webhook === undefined ? fields.object(conversion, 'webhookClientConfig', at) : fields.object(webhook, 'clientConfig', `${at}/webhook`);
  if (config === undefined) return undefined;
  const here = webhook === undefined ? `${at}/webhookClientConfig` : `${at}/webhook/clientConfig`;
  const service = fields.object(config, 'service', here);
  if (service === undefined) return hostOfUrl(fields.string(config, 'url', here) ?? '');
  return `${fields.name(service, 'namespace', `${here}/service`)}/${fields.name(service, 'name', `${here}/service`)}`;
}

/** An APIService: who serves a version of a group of the API. */
export function apiServiceOf(object: RawObject, normalising: Normalising): ApiService {
  const { fields } = normalising;
  const { metadata, spec } = partsOf(object, normalising);
  const service = fields.object(spec, 'service', '/spec');
  return withoutUndefined({
    name: metadata.name,
    uid: metadata.uid,
    group: fields.string(spec, 'group', '/spec') ?? '',
    version: fields.string(spec, 'version', '/spec') ?? '',
    service:
      service === undefined
        ? undefined
        : `${fields.name(service, 'namespace', '/spec/service')}/${fields.name(service, 'name', '/spec/service')}`,
  });
}
