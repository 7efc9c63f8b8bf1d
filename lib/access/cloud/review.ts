import type { Inventory } from '../../inventory/inventory.ts';
import { awsReview } from '../aws/review.ts';
import { azureReview } from '../azure/review.ts';
import { gcpReview } from '../gcp/review.ts';
import type { CloudAnswer, CloudQuestion, CloudRefusal } from './question.ts';

/** May an identity of any cloud do something? Each cloud answers for itself. */
export function cloudReview(inventory: Inventory, question: CloudQuestion): CloudAnswer | CloudRefusal {
  switch (question.provider) {
    case 'aws':
      return awsReview(inventory, question);
    case 'gcp':
      return gcpReview(inventory, question);
    case 'azure':
      return azureReview(inventory, question);
  }
}
