import type { StepActivities } from '../shared/contracts/steps.js';
import type { GroupDeps, StepActivityDeps } from './activity-deps.js';
import { createAnalysisActivities } from './analysis.js';
import { createAugmentationActivities } from './augmentation.js';
import { createCalibrationActivities } from './calibration.js';
import { createCompressionActivities } from './compression.js';
import { createDataActivities } from './data.js';
import { createEnsembleActivities } from './ensemble.js';
import { createEvaluationActivities } from './evaluation.js';
import { createExportActivities } from './exports.js';
import { createFeatureActivities } from './features.js';
import { createGateActivities } from './gate.js';
import { createImpactActivities } from './impact.js';
import { createManifestReader } from './manifest-reader.js';
import { createMeasurementActivities } from './measurement.js';
import { createReportActivities } from './report.js';
import { runStep } from './run-step.js';
import { stepManifestOf } from './step-manifest-of.js';
import { createTrainingActivities } from './training.js';

/** All steps of the pipeline on one store. Which of them a worker gets is decided by its task queue. */
export function createStepActivities(deps: StepActivityDeps): StepActivities {
  const group: GroupDeps = {
    read: createManifestReader(deps.store),
    run: (call) => runStep(deps, call),
    manifestOf: (key) => stepManifestOf(deps.store, key),
  };
  return {
    ...createDataActivities(group),
    ...createAnalysisActivities(group, deps),
    ...createAugmentationActivities(group),
    ...createImpactActivities(group),
    ...createFeatureActivities(group),
    ...createTrainingActivities(group, deps),
    ...createEnsembleActivities(group),
    ...createCompressionActivities(group, deps),
    ...createExportActivities(group),
    ...createMeasurementActivities(group),
    ...createGateActivities(group),
    ...createCalibrationActivities(group),
    ...createEvaluationActivities(group),
    ...createReportActivities(group),
  };
}
