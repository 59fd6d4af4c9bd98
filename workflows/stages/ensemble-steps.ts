import type { PipelineConfig } from '../../shared/config.js';

/**
 * Steps of the ensemble section: every ensemble, the diversity, and of every folded model its folds and their join; where no section before
 * it finds anything, the index of what was found as well.
 */
export function ensembleSteps({ ensemble: { methods, outOfFold }, analyse, augment }: PipelineConfig): number {
  const folds = outOfFold.methods.length > 0 ? outOfFold.models.length * (outOfFold.folds + 1) : 0;
  return methods.length + outOfFold.methods.length + 1 + folds + (analyse.enabled || augment.enabled ? 0 : 1);
}
