import type { CalibratedEvaluation } from '../../shared/calibration.js';
import type { ReportContent } from './report-content.js';
import { reportedModels, type ReportedModel } from './reported-model.js';

/** A model whose probabilities were calibrated. */
export interface CalibratedModel extends ReportedModel {
  readonly calibrated: CalibratedEvaluation;
}

/** The models with calibrated probabilities, most accurate first. */
export function calibratedModels(content: ReportContent): CalibratedModel[] {
  return reportedModels(content).flatMap((model) => (model.evaluation.calibrated ? [{ ...model, calibrated: model.evaluation.calibrated }] : []));
}
