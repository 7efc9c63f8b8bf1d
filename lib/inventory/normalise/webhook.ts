import type { Webhook, WebhookConfiguration } from '../webhook.ts';
import { admissionRulesOf, togetherOf } from './admission-rules.ts';
import { hostOfUrl } from './exposure-annotations.ts';
import type { FieldReader, RawObject } from './field-reader.ts';
import { optionalSelector } from './label-selector.ts';
import { metadataOf, type Normalising } from './metadata.ts';
import { withoutUndefined } from './security-context.ts';

/** A Mutating- or ValidatingWebhookConfiguration: what each webhook is called for and where it goes. */
export function webhookConfigurationOf(
  object: RawObject,
  kind: WebhookConfiguration['kind'],
  normalising: Normalising,
): WebhookConfiguration {
  const { fields } = normalising;
  const metadata = metadataOf(object, normalising);
  return withoutUndefined({
    kind,
    name: metadata.name,
    uid: metadata.uid,
    webhooks: fields.objects(object, 'webhooks', '').map((webhook, index) => webhookOf(webhook, `/webhooks/${index}`, normalising)),
  });
}

function webhookOf(raw: RawObject, at: string, normalising: Normalising): Webhook {
  const { fields } = normalising;
  return withoutUndefined({
    name: fields.name(raw, 'name', at),
    failurePolicy: fields.string(raw, 'failurePolicy', at),
    target: targetOf(raw, at, fields),
    ...togetherOf(admissionRulesOf(raw, { key: 'rules', at }, normalising)),
    namespaceSelector: optionalSelector(raw, { key: 'namespaceSelector', at }, normalising),
    objectSelector: optionalSelector(raw, { key: 'objectSelector', at }, normalising),
  });
}

/** Of a URL the host alone: its path or query may hold a token. */
function targetOf(raw: RawObject, at: string, fields: FieldReader): string | undefined {
  const config = fields.object(raw, 'clientConfig', at);
  if (config === undefined) return undefined;
  const service = fields.object(config, 'service', `${at}/clientConfig`);
  if (service !== undefined) {
    const here = `${at}/clientConfig/service`;
    return `${fields.name(service, 'namespace', here)}/${fields.name(service, 'name', here)}`;
  }
  return hostOfUrl(fields.string(config, 'url', `${at}/clientConfig`) ?? '');
}
