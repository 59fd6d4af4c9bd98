import type { Candidate } from '../candidate.js';
import { fanOut } from '../fan-out.js';
import { outputOf } from '../output-of.js';
import { trainCpu } from '../proxies.js';
import { recordCandidate } from '../record-candidate.js';
import type { RunData, RunScope } from '../run-scope.js';

/** Quantises the named networks to int8; each becomes a variant `<name>-int8` with figures of its own. */
export async function compressStage({ config, status }: RunScope, { dataset }: RunData, models: readonly Candidate[]): Promise<Candidate[]> {
  const { calibrationImages } = config.compress;
  const chosen = models.filter(({ handle: { name } }) => config.compress.models.includes(name));

  return status.stage('compress', chosen.length, () =>
    fanOut(chosen, chosen.length, async ({ handle, cached }) => {
      const input = { candidate: handle, dataset, calibrationImages, randomState: config.randomState };
      const result = status.count('compress', await trainCpu.quantize.executeWithOptions({ summary: `${handle.name} to int8` }, [input]));
      const { parameters, validationAccuracy } = result.summary;
      const artifacts = { tflite: outputOf(result, 'tflite'), validationProba: outputOf(result, 'validationProba'), testProba: outputOf(result, 'testProba') };
      return recordCandidate(
        { name: `${handle.name}-int8`, modelKind: 'tflite', of: handle, artifacts, parameters, fit: result.key },
        { role: 'variant', validationAccuracy, cached: cached && result.cached },
      );
    }),
  );
}
