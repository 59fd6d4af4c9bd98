import { Context } from '@temporalio/activity';

/** Heartbeats until the activity is cancelled, as a training does. */
export async function untilCancelled(onCancelled: () => void): Promise<never> {
  const context = Context.current();
  const beat = setInterval(() => context.heartbeat(), 200);
  try {
    return (await context.cancelled) as never;
  } catch (error) {
    onCancelled();
    throw error;
  } finally {
    clearInterval(beat);
  }
}
