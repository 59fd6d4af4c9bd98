import { assembleInput } from '../../ml/data/assemble-input.js';
import type { ModelInput } from '../../ml/data/assemble-input.js';
import { decodeProbabilities } from '../../ml/data/decode-probabilities.js';
import { exportAgreement } from '../../ml/export/export-agreement.js';
import type { ExportFacts } from '../../ml/export/export-metadata.js';
import { exportModel } from '../../ml/export/export-model.js';
import { isJumping } from '../../ml/export/jumping-models.js';
import { MODELS } from '../../ml/models/registry.js';
import { InvalidDataError } from '../../shared/errors.js';
import type { ModelName } from '../../shared/model-names.js';
import type { StepFunction } from '../../shared/step.js';
import { agreeingExport } from './agreeing-export.js';
import { checkTies } from './check-ties.js';
import { exportedOutput, isRefused, refusedOutput, writtenOrRefused } from './export-output.js';
import { onnxProbabilities } from './onnx-probabilities.js';

interface ExportClassicalParams {
  readonly kind: ModelName;
  readonly format: 'onnx' | 'xgboost';
  readonly input: ModelInput;
  readonly facts: ExportFacts;
}

/** A classical model as a file; as ONNX run on the test images' rows beside its stored answers. Outputs: `file`, `export` (ExportRecord). */
const exportClassical: StepFunction<ExportClassicalParams> = async ({ params: { kind, format, input, facts }, inputs, native }, { signal, progress }) => {
  const bytes = inputs['model']?.[0];
  if (!bytes) throw new InvalidDataError('export-classical was given no model.');
  const as = { model: facts.name, format };
  progress({ fraction: 0, note: 'writing' });
  (await MODELS[kind].load(bytes, native)).dispose(); // bytes that are no model are an error; what a format cannot hold is refused
  const written = writtenOrRefused(() => exportModel({ kind, bytes, facts }, format));
  if (isRefused(written)) return refusedOutput(as, written.refused);
  if (format === 'xgboost') return exportedOutput(as, written, { pending: 'XGBoost for Python' });
  const file = written[`${facts.name}.onnx`] ?? new Uint8Array();
  const x = assembleInput(input, inputs);
  const { proba, runtime } = await onnxProbabilities(file, x, signal, (fraction) => progress({ fraction, note: 'checking' }));
  const stored = decodeProbabilities(facts.name, inputs['testProba']?.[0]);
  const verified = agreeingExport(as, exportAgreement(stored, proba, isJumping(kind)), runtime);
  if (isJumping(kind)) await checkTies(as, { x, model: stored, file: proba, load: () => MODELS[kind].load(bytes, native) });
  return exportedOutput(as, written, { verified });
};

export default exportClassical;
