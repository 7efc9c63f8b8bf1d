import type { AwsAuthMapping } from '../aws-auth.ts';
import { recordText } from './aws/record-text.ts';

/**
 * What was read of the ConfigMap kube-system/aws-auth. Of two readings of it the newer stays (by resourceVersion), else the one whose
 * text sorts last, so that the order of reading decides nothing.
 */
export class AwsAuthReading {
  #mappings: readonly AwsAuthMapping[] | undefined;
  #rank = -1;

  add(mappings: readonly AwsAuthMapping[], resourceVersion: string | undefined): void {
    const number = Number(resourceVersion ?? '');
    const rank = resourceVersion !== undefined && Number.isSafeInteger(number) ? number : -1;
    const isNewer = rank > this.#rank || (rank === this.#rank && recordText(mappings) > recordText(this.#mappings ?? []));
    if (this.#mappings !== undefined && !isNewer) return;
    this.#mappings = mappings;
    this.#rank = rank;
  }

  list(): { readonly awsAuth?: readonly AwsAuthMapping[] } {
    return this.#mappings === undefined ? {} : { awsAuth: this.#mappings };
  }
}
