import { CancellationScope } from '@temporalio/workflow';

/**
 * Runs `work` on every item, at most `window` at a time, and returns the answers in the items' order. The first failure
 * cancels what still runs, waits until that has ended, and is then thrown: nothing is left behind.
 */
export async function fanOut<T, R>(items: readonly T[], window: number, work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  return CancellationScope.cancellable(async () => {
    const scope = CancellationScope.current();
    const answers: R[] = [];
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < items.length && !scope.consideredCancelled) {
        const index = next++;
        answers[index] = await work(items[index] as T, index);
      }
    };
    const lanes = Array.from({ length: Math.min(window, items.length) }, lane);
    try {
      await Promise.all(lanes);
    } catch (error) {
      scope.cancel();
      await Promise.allSettled(lanes);
      throw error;
    }
    return answers;
  });
}
