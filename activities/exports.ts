import type { ModelConfig } from '../shared/config.js';
import type { CandidateEntry } from '../shared/contracts/candidates.js';
import type { ExportActivities, ExportModelInput, RefuseExportInput } from '../shared/contracts/exports.js';
import type { ExportFormat } from '../shared/export-formats.js';
import { CALIBRATED_FORMATS, ROUNDED_FORMATS } from '../shared/export-formats.js';
import { NETWORK_NAMES } from '../shared/model-names.js';
import type { StepResult } from '../shared/step.js';
import type { GroupDeps } from './activity-deps.js';
import { commonInput } from './common-input.js';
import { exportFacts } from './export-facts.js';
import { modelInputs } from './model-inputs.js';
import { inputParam } from './model-params.js';
import { onlyItsFiles } from './only-its-files.js';
import { artifactOf, readCandidates } from './read-candidates.js';
import { refusedOutput } from './tasks/export-output.js';

type Exported = Promise<StepResult>;

const HOLDS_NETWORKS = 'This format holds networks; classical models and ensembles are written as onnx.';
const HOLDS_BOOSTERS = 'This format holds the trees of XGBoost\'s own models.';

/** Files of candidates for other runtimes. They see test images, never their labels. */
export function createExportActivities({ read, run }: GroupDeps): ExportActivities {
  return {
    async exportModel(input) {
      const entry = await read.candidate(input.candidate);
      const of = entry.of && (await read.candidate(entry.of));
      if (entry.bases) return input.format === 'onnx' ? ensemble(entry, input) : refused(entry, input.format, input.format === 'xgboost' ? HOLDS_BOOSTERS : HOLDS_NETWORKS);
      if (!entry.artifacts['model']) return refused(entry, input.format, onlyItsFiles({ ...entry, of: of?.name }, input.format));
      const config = entry.config ?? of?.config;
      if (!config) return refused(entry, input.format, `It is a ${entry.modelKind} of which no settings are known.`);
      if (NETWORK_NAMES.includes(config.kind)) return input.format === 'xgboost' ? refused(entry, input.format, HOLDS_BOOSTERS) : network(entry, config, input);
      const isHeld = input.format === 'onnx' || (input.format === 'xgboost' && config.kind === 'xgboost');
      return isHeld ? classical(entry, config, input) : refused(entry, input.format, input.format === 'xgboost' ? HOLDS_BOOSTERS : HOLDS_NETWORKS);
    },

    refuseExport: refusal,
  };

  async function network(entry: CandidateEntry, { kind, input }: ModelConfig, { format, dataset, calibrationImages, licence }: ExportModelInput): Exported {
    const { train, test, validationRows } = await read.dataset(dataset);
    const model = artifactOf(entry, 'model');
    const isCalibrated = CALIBRATED_FORMATS.includes(format);
    const { compressed } = entry.artifacts;
    const isJudged = ROUNDED_FORMATS.includes(format) || compressed !== undefined;
    return run({
      step: format === 'tfjs' ? 'export-web' : 'export-network', label: labelOf(entry, format),
      params: { kind, format, facts: exportFacts({ name: entry.name, input, digest: model.digest, licence }), ...(isCalibrated && { calibrationImages }), ...(isJudged && { validationRows }) },
      inputs: {
        model: [model], testImages: test.images.map(({ ref }) => ref), testProba: [artifactOf(entry, 'testProba')],
        ...(compressed && { compressed: [compressed] }),
        ...(isJudged && { images: train.images.map(({ ref }) => ref), labels: [train.labels], validationProba: [artifactOf(entry, 'validationProba')] }),
      },
    });
  }

  async function classical(entry: CandidateEntry, config: ModelConfig, { format, dataset, features, licence }: ExportModelInput): Exported {
    const model = artifactOf(entry, 'model');
    const rows = await modelInputs(read, config.input, { dataset, split: 'test', ...(features && { features }) });
    return run({
      step: 'export-classical', label: labelOf(entry, format),
      params: { kind: config.kind, format, input: inputParam(config), facts: exportFacts({ name: entry.name, input: config.input, digest: model.digest, licence }) },
      inputs: { ...rows, model: [model], testProba: [artifactOf(entry, 'testProba')] },
    });
  }

  /** With its models in one file where all are classical and read the same; else the file takes their probabilities. */
  async function ensemble(entry: CandidateEntry, { format, dataset, features, licence }: ExportModelInput): Exported {
    const bases = await readCandidates(read, entry.bases ?? []);
    const names = bases.map(({ name }) => name);
    const meta = artifactOf(entry, 'model');
    const common = commonInput(entry.modelKind, bases.map(({ config }) => config));
    const told = { name: entry.name, digest: meta.digest, licence };
    const models = bases.map(({ name, modelKind }) => ({ name, kind: modelKind }));
    const inputs = { meta: [meta], testProba: [artifactOf(entry, 'testProba')] };
    if (!common) {
      const note = `Takes the probabilities of its models, ten each, in this order: ${names.join(', ')}. ${entry.modelKind === 'stack-xgboost' ? 'Its trees cut between probabilities that are next to each other' : 'They do not all read the same rows'}, so they are not joined in one file.`;
      return run({
        step: 'export-ensemble', label: labelOf(entry, format), params: { models, facts: exportFacts({ ...told, input: { probabilitiesOf: names } }), note },
        inputs: { ...inputs, ...Object.fromEntries(bases.map((base) => [`proba:${base.name}`, [artifactOf(base, 'testProba')]])) },
      });
    }
    const rows = await modelInputs(read, common, { dataset, split: 'test', ...(features && { features }) });
    return run({
      step: 'export-ensemble', label: labelOf(entry, format),
      params: { models, input: inputParam({ input: common }), facts: exportFacts({ ...told, input: common }), note: `Holds its models: ${names.join(', ')}.` },
      inputs: { ...inputs, ...rows, ...Object.fromEntries(bases.map((base) => [`model:${base.name}`, [artifactOf(base, 'model')]])) },
    });
  }

  function refused({ name }: CandidateEntry, format: ExportFormat, reason: string): Exported {
    return refusal({ model: name, format, reason });
  }

  function refusal({ model, format, reason }: RefuseExportInput): Exported {
    return run({ step: 'refuse-export', label: labelOf({ name: model }, format), params: { model, format, reason }, inputs: {}, inline: () => refusedOutput({ model, format }, reason) });
  }
}

function labelOf({ name }: Pick<CandidateEntry, 'name'>, format: ExportFormat): string {
  return `${name} as ${format}`;
}
