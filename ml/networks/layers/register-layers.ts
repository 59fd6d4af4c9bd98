import type * as tfTypes from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../../../native/tensorflow-js.js';
import { convBlockAttention } from './conv-block-attention.js';
import type { ConvBlockAttentionSettings } from './conv-block-attention.js';
import { groupNormalization } from './group-normalization.js';
import type { GroupNormalizationSettings } from './group-normalization.js';
import { layerClass } from './layer-class.js';
import type { DefinedLayer } from './layer-class.js';
import type { LayerDefinition, LayerSettings } from './layer-definition.js';
import { multiHeadSelfAttention } from './multi-head-self-attention.js';
import type { MultiHeadSelfAttentionSettings } from './multi-head-self-attention.js';
import { positionEmbedding } from './position-embedding.js';
import type { PositionEmbeddingSettings } from './position-embedding.js';
import { sequencePooling } from './sequence-pooling.js';
import type { SequencePoolingSettings } from './sequence-pooling.js';
import { squeezeExcite } from './squeeze-excite.js';
import type { SqueezeExciteSettings } from './squeeze-excite.js';

type Args = ConstructorParameters<typeof tfTypes.layers.Layer>[0];
type Make<Settings extends LayerSettings> = (args: Args & Partial<Settings>) => DefinedLayer;

/** Makes the layers that tf.layers lacks, as tf.layers makes its own. */
export interface OwnLayers {
  readonly squeezeExcite: Make<SqueezeExciteSettings>;
  readonly convBlockAttention: Make<ConvBlockAttentionSettings>;
  readonly multiHeadSelfAttention: Make<MultiHeadSelfAttentionSettings>;
  readonly groupNormalization: Make<GroupNormalizationSettings>;
  readonly positionEmbedding: Make<PositionEmbeddingSettings>;
  readonly sequencePooling: Make<SequencePoolingSettings>;
}

const registered = new WeakMap<TensorFlow, OwnLayers>();

/** Registers Digitloom's layers with a loaded TensorFlow, once, so that it reads models that hold them. */
export function registerLayers(tf: TensorFlow): OwnLayers {
  const made = registered.get(tf) ?? register(tf);
  registered.set(tf, made);
  return made;
}

function register(tf: TensorFlow): OwnLayers {
  const maker = <Settings extends LayerSettings>(definition: LayerDefinition<Settings>): Make<Settings> => {
    const Layer = layerClass(tf, definition);
    return (args) => new Layer(args);
  };
  return {
    squeezeExcite: maker(squeezeExcite),
    convBlockAttention: maker(convBlockAttention),
    multiHeadSelfAttention: maker(multiHeadSelfAttention),
    groupNormalization: maker(groupNormalization),
    positionEmbedding: maker(positionEmbedding),
    sequencePooling: maker(sequencePooling),
  };
}
