/** `count` objects of `what` were read so far; `total` where the server says how many there are. */
export type ProgressListener = (progress: { what: string; count: number; total?: number; done: boolean }) => void;
