import { gateVariants } from '../../ml/compression/gate/gate-variants.js';
import { decodeLabels } from '../../ml/data/decode-labels.js';
import { decodeProbabilities } from '../../ml/data/decode-probabilities.js';
import { argmaxRows } from '../../ml/evaluation/argmax-rows.js';
import type { CompressionGate, CompressionGateConfig } from '../../shared/compression.js';
import type { StepFunction } from '../../shared/step.js';
import { jsonArtifact } from './json-artifact.js';

/** What `gate-variants` is told. */
export interface GateParams {
  readonly gate: CompressionGateConfig;
  readonly validationRows: number;
  readonly variants: readonly { readonly name: string; readonly of: string; readonly bytes: number; readonly bytesBefore: number; readonly milliseconds?: number }[];
}

/** Judges variants beside their models (roles `variantProba` and `modelProba`, one each) on validation rows. Outputs: `gate` (JSON). */
const gateStep: StepFunction<GateParams> = ({ params: { gate, validationRows, variants }, inputs }, hooks) => {
  const labels = decodeLabels(inputs['labels']?.[0]);
  const predicted = (role: string, at: number, name: string): Uint8Array => argmaxRows(decodeProbabilities(name, inputs[role]?.[at]));
  const judged = gateVariants(
    variants.map((variant, at) => ({ ...variant, predicted: predicted('variantProba', at, variant.name), predictedByModel: predicted('modelProba', at, variant.of) })),
    labels.subarray(labels.length - validationRows), gate,
  );
  hooks.progress({ fraction: 1 });
  const found: CompressionGate = { kind: 'compression-gate', gate, variants: judged };
  return { outputs: { gate: jsonArtifact(found) }, summary: { passed: judged.filter(({ passed }) => passed).length, variants: judged.length } };
};

export default gateStep;
