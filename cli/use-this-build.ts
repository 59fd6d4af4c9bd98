import { renewWorkers } from '../infra/stack/renew-workers.js';
import { foreignServers } from '../infra/stack/resolve-addresses.js';

/**
 * Makes sure that a run computes with the code that is there now: workers of the stack in `stateDir` that were started on
 * another build are restarted, and `tell` hears so in one line. Whoever names both servers himself minds his own workers.
 */
export async function useThisBuild(stateDir: string, tell = (line: string): void => void process.stderr.write(`${line}\n`)): Promise<void> {
  const { temporal, s3 } = foreignServers(process.env);
  if (temporal && s3) return;
  const seconds = await renewWorkers(stateDir);
  if (seconds !== undefined) tell(`The workers ran an older build and were restarted on the current one (${seconds.toFixed(1)} s).`);
}
