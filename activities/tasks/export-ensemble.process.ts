import { assembleInput } from '../../ml/data/assemble-input.js';
import type { ModelInput } from '../../ml/data/assemble-input.js';
import { decodeProbabilities } from '../../ml/data/decode-probabilities.js';
import { joinColumns } from '../../ml/data/join-columns.js';
import { loadFromRows } from '../../ml/ensembles/load-from-rows.js';
import { exportAgreement } from '../../ml/export/export-agreement.js';
import { exportEnsemble, isJumpingEnsemble } from '../../ml/export/export-ensemble.js';
import type { ExportFacts } from '../../ml/export/export-metadata.js';
import type { Matrix } from '../../ml/matrix.js';
import { InvalidDataError } from '../../shared/errors.js';
import type { ModelName } from '../../shared/model-names.js';
import type { StepFunction, StepInput } from '../../shared/step.js';
import { agreeingExport } from './agreeing-export.js';
import { checkTies } from './check-ties.js';
import { exportedOutput, isRefused, refusedOutput, writtenOrRefused } from './export-output.js';
import { onnxProbabilities } from './onnx-probabilities.js';

interface ExportEnsembleParams {
  /** Its models, in the order in which it takes them. */
  readonly models: readonly { readonly name: string; readonly kind: ModelName }[];
  /** What all of them read, where they are joined with it in one file; absent: the file takes their probabilities. */
  readonly input?: ModelInput;
  readonly facts: ExportFacts;
  readonly note: string;
}

const format = 'onnx';

/**
 * An ensemble as ONNX, with its models in the same file where all read the same, else from their probabilities; run on the test images' rows
 * beside its stored answers. Outputs: `file`, `export` (ExportRecord).
 */
const exportEnsembleStep: StepFunction<ExportEnsembleParams> = async ({ params, inputs, native }, { signal, progress }) => {
  const { models, input, facts, note } = params;
  const as = { model: facts.name, format } as const;
  const ensemble = { bytes: given(inputs, 'meta'), facts, ...(input !== undefined && { bases: models.map(({ name, kind }) => ({ name, kind, bytes: given(inputs, `model:${name}`) })) }) };
  progress({ fraction: 0, note: 'writing' });
  (await loadFromRows(ensemble.bytes, ensemble.bases, native)).dispose(); // bytes that are no ensemble are an error; what a format cannot hold is refused
  const written = writtenOrRefused(() => exportEnsemble(ensemble));
  if (isRefused(written)) return refusedOutput(as, written.refused);
  const rows = input === undefined ? probabilitiesOf(models.map(({ name }) => name), inputs) : assembleInput(input, inputs);
  const file = written[`${facts.name}.onnx`] ?? new Uint8Array();
  const { proba, runtime } = await onnxProbabilities(file, rows, signal, (fraction) => progress({ fraction, note: 'checking' }));
  const stored = decodeProbabilities(facts.name, inputs['testProba']?.[0]);
  const jumps = isJumpingEnsemble(ensemble);
  const verified = agreeingExport(as, exportAgreement(stored, proba, jumps), runtime);
  if (jumps) await checkTies(as, { x: rows, model: stored, file: proba, load: () => loadFromRows(ensemble.bytes, ensemble.bases, native) });
  return exportedOutput(as, written, { verified, note });
};

export default exportEnsembleStep;

/** The bases' probabilities of the test images, side by side. */
function probabilitiesOf(names: readonly string[], inputs: StepInput['inputs']): Matrix {
  return joinColumns(names, names.map((name) => decodeProbabilities(name, given(inputs, `proba:${name}`))));
}

function given(inputs: StepInput['inputs'], role: string): Uint8Array {
  const bytes = inputs[role]?.[0];
  if (!bytes) throw new InvalidDataError(`export-ensemble was given no ${role}.`);
  return bytes;
}
