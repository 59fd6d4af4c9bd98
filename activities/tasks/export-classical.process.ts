import { assembleInput } from '../../ml/data/assemble-input.js';
import type { ModelInput } from '../../ml/data/assemble-input.js';
import { decodeProbabilities } from '../../ml/data/decode-probabilities.js';
import { exportAgreement } from '../../ml/export/export-agreement.js';
import type { ExportFacts } from '../../ml/export/export-metadata.js';
import { exportModel } from '../../ml/export/export-model.js';
import { isJumping } from '../../ml/export/jumping-models.js';
import { InvalidDataError } from '../../shared/errors.js';
import type { StepFunction } from '../../shared/step.js';
import { agreeingExport } from './agreeing-export.js';
import { exportedOutput, isRefused, refusedOutput, writtenOrRefused } from './export-output.js';
import { onnxProbabilities } from './onnx-probabilities.js';

interface ExportClassicalParams {
  readonly kind: string;
  readonly format: 'onnx' | 'xgboost';
  readonly input: ModelInput;
  readonly facts: ExportFacts;
}

/** A classical model as a file; as ONNX run on the test images' rows beside its stored answers. Outputs: `file`, `export` (ExportRecord). */
const exportClassical: StepFunction<ExportClassicalParams> = async ({ params: { kind, format, input, facts }, inputs }, { signal, progress }) => {
  const bytes = inputs['model']?.[0];
  if (!bytes) throw new InvalidDataError('export-classical was given no model.');
  const as = { model: facts.name, format };
  progress({ fraction: 0, note: 'writing' });
  const written = writtenOrRefused(() => exportModel({ kind, bytes, facts }, format));
  if (isRefused(written)) return refusedOutput(as, written.refused);
  if (format === 'xgboost') return exportedOutput(as, written, { pending: 'XGBoost for Python' });
  const file = written[`${facts.name}.onnx`] ?? new Uint8Array();
  const { proba, runtime } = await onnxProbabilities(file, assembleInput(input, inputs), signal, (fraction) => progress({ fraction, note: 'checking' }));
  const compared = exportAgreement(decodeProbabilities(facts.name, inputs['testProba']?.[0]), proba, isJumping(kind));
  return exportedOutput(as, written, { verified: agreeingExport(as, compared, runtime) });
};

export default exportClassical;
