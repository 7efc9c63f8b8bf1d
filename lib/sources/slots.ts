/** Runs a task when one of a fixed number of places is free, first come first served. */
export type Slots = <T>(task: () => Promise<T>) => Promise<T>;

/** At most `size` tasks at a time; the rest wait in order. */
export function createSlots(size: number): Slots {
  let free = size;
  const waiting: (() => void)[] = [];
  let head = 0;
  const acquire = async (): Promise<void> => {
    if (free > 0) {
      free -= 1;
      return;
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const release = (): void => {
    const next = waiting[head];
    if (next === undefined) {
      free += 1;
      return;
    }
    head += 1;
    // Forget the served ones now and then, without the cost of shift() for every one.
    if (head > 1024) {
      waiting.splice(0, head);
      head = 0;
    }
    next();
  };
  return async (task) => {
    await acquire();
    try {
      return await task();
    } finally {
      release();
    }
  };
}
