import { augmentationImpact } from '../../ml/evaluation/augmentation-impact.js';
import type { ImpactOf } from '../../ml/evaluation/augmentation-impact.js';
import type { ImpactFigures } from '../../shared/analysis/augmentation-impact.js';
import type { StepFunction } from '../../shared/step.js';
import { jsonArtifact } from './json-artifact.js';

/** Parameters of the step: measured seconds are facts of other steps, as in the report. */
interface ImpactParams extends ImpactOf {
  readonly ways: readonly ImpactFigures[];
}

/** The figures of all fits in, what augmentation is worth and costs out: `impact` (AugmentationImpact). */
const impact: StepFunction<ImpactParams> = ({ params: { ways, ...of } }, hooks) => {
  const found = augmentationImpact(of, ways);
  hooks.progress({ fraction: 1 });
  return { outputs: { impact: jsonArtifact(found) }, summary: { take: found.advice.map(({ take = 'none' }) => take) } };
};

export default impact;
