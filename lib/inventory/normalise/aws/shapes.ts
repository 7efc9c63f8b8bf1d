import { z } from 'zod';

/** What the shapes of several services share: page marks, tags. */
export const page = {
  IsTruncated: z.boolean().nullish(),
  Marker: z.string().nullish(),
  NextToken: z.string().nullish(),
  nextToken: z.string().nullish(),
};

export const tags = z.array(z.object({ Key: z.string(), Value: z.string() })).nullish();

export const text = z.string().nullish();
