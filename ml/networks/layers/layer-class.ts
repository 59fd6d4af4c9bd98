import type * as tfTypes from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../../../native/tensorflow-js.js';
import { InvalidConfigError } from '../../../shared/errors.js';
import { nonZeroSeed } from '../initializers.js';
import type { LayerArithmetic, LayerDefinition, LayerSettings, LayerShape, LayerWeight } from './layer-definition.js';

type Tensor = tfTypes.Tensor;
type BaseArgs = ConstructorParameters<typeof tfTypes.layers.Layer>[0];

/** A layer made from a definition. */
export interface DefinedLayer extends tfTypes.layers.Layer {
  /**
   * What the layer looks at in these inputs, by name (the definition says which); empty for a layer without attention.
   * The caller disposes of the tensors.
   */
  attentionMaps(inputs: Tensor): Readonly<Record<string, Tensor>>;
}

/** Constructs such a layer; settings left out are the definition's defaults. */
export type DefinedLayerClass<Settings extends LayerSettings> = tfTypes.serialization.SerializableConstructor<DefinedLayer> &
  (new (args: BaseArgs & Partial<Settings>) => DefinedLayer);

/**
 * A class of tf.layers from a definition, registered for deserialisation.
 * @throws InvalidConfigError by the layer's first use, for settings that do not fit its input.
 */
export function layerClass<Settings extends LayerSettings>(tf: TensorFlow, definition: LayerDefinition<Settings>): DefinedLayerClass<Settings> {
  const { className, defaults } = definition;

  class Defined extends tf.layers.Layer implements DefinedLayer {
    static className = className;
    private readonly settings: Settings;
    private readonly named = new Map<string, tfTypes.LayerVariable>();

    constructor(args: BaseArgs & Partial<Settings>) {
      super(args);
      const given = Object.keys(defaults).map((key) => [key, args[key] ?? defaults[key]]);
      this.settings = Object.fromEntries(given) as Settings;
    }

    override build(inputShape: tfTypes.Shape | tfTypes.Shape[]): void {
      const shape = onlyShape(inputShape);
      const problems = definition.problems(this.settings, shape);
      if (problems.length > 0) throw new InvalidConfigError(`${className} ${this.name} on [${shape.join(', ')}]: ${problems.join('; ')}.`);
      definition.weights(this.settings, shape).forEach((weight, index) => {
        const initializer = initializerOf(tf, weight, nonZeroSeed(this.settings['seed'] ?? 0, index));
        this.named.set(weight.name, this.addWeight(weight.name, [...weight.shape], 'float32', initializer));
      });
      this.built = true;
    }

    override computeOutputShape(inputShape: tfTypes.Shape | tfTypes.Shape[]): tfTypes.Shape {
      const shape = onlyShape(inputShape);
      return [...(definition.outputShape?.(this.settings, shape) ?? shape)];
    }

    override call(inputs: Tensor | Tensor[]): Tensor {
      return tf.tidy(() => definition.call(onlyTensor(inputs), this.arithmetic()));
    }

    override getConfig(): tfTypes.serialization.ConfigDict {
      return { ...super.getConfig(), ...this.settings };
    }

    attentionMaps(inputs: Tensor): Readonly<Record<string, Tensor>> {
      return tf.tidy(() => definition.attention?.(inputs, this.arithmetic()) ?? {});
    }

    private arithmetic(): LayerArithmetic<Settings> {
      return { tf, settings: this.settings, weight: (name) => (this.named.get(name) as tfTypes.LayerVariable).read() };
    }
  }

  tf.serialization.registerClass(Defined);
  return Defined;
}

function initializerOf(tf: TensorFlow, { start }: LayerWeight, seed: number): ReturnType<TensorFlow['initializers']['zeros']> {
  if (start === 'zeros') return tf.initializers.zeros();
  if (start === 'ones') return tf.initializers.ones();
  if (start === 'glorot') return tf.initializers.glorotNormal({ seed });
  return tf.initializers.truncatedNormal({ stddev: start, seed });
}

function onlyShape(shape: tfTypes.Shape | tfTypes.Shape[]): LayerShape {
  return Array.isArray(shape[0]) ? shape[0] : (shape as tfTypes.Shape);
}

function onlyTensor(inputs: Tensor | Tensor[]): Tensor {
  return Array.isArray(inputs) ? inputs[0] : inputs;
}
