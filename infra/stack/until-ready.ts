import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { NativeLibraryError } from '../../shared/errors.js';
import type { SupervisedPart } from './supervise.js';

const LOOK_EVERY_MS = 100;
const PATIENCE_MS = 90_000;
/** A part that ends this often before it answered will not come up. */
const TRIES = 3;
const LOG_LINES = 15;

/**
 * Waits until a part answers.
 * @param part its process; undefined for a server that is not ours.
 * @throws NativeLibraryError when it ended three times or stayed silent, with the end of its log.
 */
export async function untilReady(what: string, part: SupervisedPart | undefined, answers: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + (part ? PATIENCE_MS : PATIENCE_MS / 6);
  while (!(await answers())) {
    if (part && part.failures() >= TRIES) throw new NativeLibraryError(`${what} ended ${TRIES} times before it answered.${logEnd(part)}`);
    if (performance.now() > deadline) {
      const remedy = part ? logEnd(part) : ' Is the address right and the server up?';
      throw new NativeLibraryError(`${what} did not answer in time.${remedy}`);
    }
    await sleep(LOOK_EVERY_MS);
  }
}

function logEnd({ spec }: SupervisedPart): string {
  const lines = readFileSync(spec.logFile, 'utf8').trimEnd().split('\n').slice(-LOG_LINES);
  return ` The end of ${spec.logFile}:\n${lines.join('\n')}`;
}
