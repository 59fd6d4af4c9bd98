import type { Candidate } from '../candidate.js';
import { fanOut } from '../fan-out.js';
import { outputOf } from '../output-of.js';
import { trainCpu } from '../proxies.js';
import type { RunData, RunScope } from '../run-scope.js';

/** Quantises the named networks to int8; each becomes a variant `<name>-int8` with figures of its own. */
export async function compressStage({ config, status }: RunScope, { dataset }: RunData, models: readonly Candidate[]): Promise<Candidate[]> {
  const { calibrationImages } = config.compress;
  const chosen = models.filter(({ name }) => config.compress.models.includes(name));

  return status.stage('compress', chosen.length, () =>
    fanOut(chosen, chosen.length, async ({ name, timing, trainingSeconds, cached }) => {
      const [fitted] = timing.fitted as [Candidate['timing']['fitted'][number]];
      const input = { fitted, dataset, calibrationImages, randomState: config.randomState };
      const result = status.count('compress', await trainCpu.quantize.executeWithOptions({ summary: `${name} to int8` }, [input]));
      const tflite = outputOf(result, 'tflite');
      const testProba = outputOf(result, 'testProba');
      return {
        name: `${name}-int8`,
        kind: 'tflite',
        testProba,
        artifacts: { tflite, testProba },
        bytes: tflite.bytes,
        parameters: result.summary.parameters,
        trainingSeconds: trainingSeconds + result.computedSeconds,
        cached: cached && result.cached,
        timing: { kind: 'tflite', fitted: [], artifact: tflite },
        fit: { key: result.key },
        of: name,
      };
    }),
  );
}
