import type { ImpactWay } from './analysis/augmentation-impact.js';
import type { AugmentConfig, AugmentationImpactConfig, ModelConfig } from './config.js';
import type { JsonObject } from './json.js';

/** A way to train the network of `augment.impact`, and what it is trained on. */
export interface PlannedWay extends ImpactWay {
  readonly model: ModelConfig;
}

/**
 * The ways that `augment.impact` compares: none, each of its kinds alone (as the section's pipeline has it, else with its defaults) and the section's
 * pipeline anew in every epoch; and on as many images as expanded rows have: none, the pipeline in more epochs, and the expanded rows.
 */
export function augmentationWays({ document }: Pick<AugmentConfig, 'document'>, { model, kinds, copies }: AugmentationImpactConfig): PlannedWay[] {
  const steps = stepsOf(document);
  const inSection = steps.map(({ kind }) => String(kind));
  const way = (name: string, used: readonly string[], augment: 'none' | JsonObject, { made = 0, longer = 1 } = {}): PlannedWay => ({
    name, kinds: [...new Set(used)], copies: made, longer,
    model: { ...model, input: 'pixels', rows: made > 0 ? 'expanded' : 'original', params: { ...model.params, ...(longer > 1 && epochs(longer)), augment } },
  });
  const epochs = (longer: number): JsonObject => ({ epochs: longer * Number(model.params['epochs']) });
  const alone = (kind: string): JsonObject => {
    const own = steps.filter((step) => step['kind'] === kind);
    return { ...document, steps: own.length > 0 ? own : [{ kind }] };
  };
  return [
    way('none', [], 'none'),
    ...kinds.map((kind) => way(kind, [kind], alone(kind))),
    way('section', inSection, document),
    ...(copies > 0
      ? [way('none-longer', [], 'none', { longer: 1 + copies }), way('section-longer', inSection, document, { longer: 1 + copies }), way('expanded', inSection, 'none', { made: copies })]
      : []),
  ];
}

function stepsOf({ steps }: JsonObject): JsonObject[] {
  return Array.isArray(steps) ? steps.filter((step): step is JsonObject => typeof step === 'object' && step !== null && !Array.isArray(step)) : [];
}
