import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for an event, never for a time: resolves when `happened` answers something truthy. @throws after `limitMs`. */
export async function until<T>(happened: () => T | Promise<T>, limitMs = 15_000): Promise<NonNullable<T>> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const found = await happened();
    if (found) return found;
    if (performance.now() > deadline) throw new Error(`Nothing happened within ${limitMs} ms.`);
    await sleep(20);
  }
}
