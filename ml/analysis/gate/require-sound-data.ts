import type { DataCheck, GateCheck } from '../../../shared/analysis/data-check.js';
import { InvalidDataError } from '../../../shared/errors.js';

/**
 * Lets sound data pass.
 * @throws InvalidDataError naming every check that failed: what was found, what is expected, what to do.
 */
export function requireSoundData({ checks }: DataCheck): void {
  const failed = checks.filter(({ passed }) => !passed);
  if (failed.length === 0) return;
  const count = failed.length === 1 ? 'one check' : `${failed.length} of ${checks.length} checks`;
  throw new InvalidDataError(`The data failed ${count} of the validation gate:\n${failed.map(sentence).join('\n')}`);
}

function sentence({ name, got, expected, detail, advice }: GateCheck): string {
  return `- ${name}: got ${got}${detail === undefined ? '' : ` (${detail})`}, expected ${expected}: ${advice}.`;
}
