import type { ImpactWay } from './analysis/augmentation-impact.js';
import type { AugmentConfig, AugmentationImpactConfig, ModelConfig } from './config.js';
import type { JsonObject } from './json.js';

/** A way to train the network of `augment.impact`, and what it is trained on. */
export interface PlannedWay extends ImpactWay {
  readonly model: ModelConfig;
}

/**
 * The ways that `augment.impact` compares: none, each of its kinds alone (as the section's pipeline has it, else with its defaults), the section's
 * pipeline anew in every epoch, and the same pipeline expanded into copies.
 */
export function augmentationWays({ document }: Pick<AugmentConfig, 'document'>, { model, kinds, copies }: AugmentationImpactConfig): PlannedWay[] {
  const steps = stepsOf(document);
  const inSection = steps.map(({ kind }) => String(kind));
  const way = (name: string, used: readonly string[], augment: 'none' | JsonObject, made = 0): PlannedWay => ({
    name, kinds: [...new Set(used)], copies: made,
    model: { ...model, input: 'pixels', rows: made > 0 ? 'expanded' : 'original', params: { ...model.params, augment } },
  });
  const alone = (kind: string): JsonObject => {
    const own = steps.filter((step) => step['kind'] === kind);
    return { ...document, steps: own.length > 0 ? own : [{ kind }] };
  };
  return [
    way('none', [], 'none'),
    ...kinds.map((kind) => way(kind, [kind], alone(kind))),
    way('section', inSection, document),
    ...(copies > 0 ? [way('expanded', inSection, 'none', copies)] : []),
  ];
}

function stepsOf({ steps }: JsonObject): JsonObject[] {
  return Array.isArray(steps) ? steps.filter((step): step is JsonObject => typeof step === 'object' && step !== null && !Array.isArray(step)) : [];
}
