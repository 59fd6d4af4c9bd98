import type { Check } from './check.js';
import { checkMachine } from './check-machine.js';
import { checkNativeParts } from './check-native-parts.js';
import { checkPrograms } from './check-programs.js';

/** Looks at everything that a run needs on this machine; changes nothing. */
export async function examine(stateDir: string, env: NodeJS.ProcessEnv = process.env): Promise<Check[]> {
  const [programs, parts, machine] = await Promise.all([checkPrograms(), checkNativeParts(env), checkMachine(stateDir, env)]);
  return [...programs, ...parts, ...machine];
}
