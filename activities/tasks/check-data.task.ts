import { checkData } from '../../ml/analysis/gate/check-data.js';
import { collectFacts } from '../../ml/analysis/gate/data-facts.js';
import { requireSoundData } from '../../ml/analysis/gate/require-sound-data.js';
import { decodeImageShards } from '../../ml/data/decode-image-shards.js';
import { decodeLabels } from '../../ml/data/decode-labels.js';
import { GATE_DEFAULTS, type GateThresholds } from '../../shared/analysis/gate.js';
import type { StepFunction } from '../../shared/step.js';
import { jsonArtifact } from './json-artifact.js';

/** Parameters of the step check-data. */
export interface CheckDataParams {
  /** Limits that differ from GATE_DEFAULTS. */
  readonly thresholds: Partial<GateThresholds>;
}

/**
 * The validation gate after ingest. Output: `check` (DataCheck), when every check passed.
 * @throws InvalidDataError naming every check that failed.
 */
const checkDataStep: StepFunction<CheckDataParams> = ({ params, inputs }, hooks) => {
  const train = decodeImageShards(inputs['images'], 'images');
  const test = decodeImageShards(inputs['testImages'], 'testImages');
  const total = train.pixels.rows + test.pixels.rows;
  const facts = collectFacts(train, decodeLabels(inputs['labels']?.[0]), test, (done) => {
    hooks.signal.throwIfAborted();
    hooks.progress({ fraction: total === 0 ? 1 : done / total });
  });
  const check = checkData(facts, { ...GATE_DEFAULTS, ...params.thresholds });
  requireSoundData(check);
  return {
    outputs: { check: jsonArtifact(check) },
    summary: { checks: check.checks.length, passed: check.passed },
  };
};

export default checkDataStep;
