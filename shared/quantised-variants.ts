import type { PostTrainingForm, QuantisedModel } from './compression.js';

/** A variant that is quantised after training. */
export interface QuantisedVariant {
  /** Under which it is reported. */
  readonly name: string;
  readonly model: string;
  readonly form: PostTrainingForm;
}

/** The variants that `compress.models` asks for. */
export function quantisedVariants(models: readonly QuantisedModel[]): QuantisedVariant[] {
  return models.flatMap((given) => {
    const { model, forms } = typeof given === 'string' ? { model: given, forms: ['int8'] as const } : given;
    return forms.map((form) => ({ name: `${model}-${form}`, model, form }));
  });
}
