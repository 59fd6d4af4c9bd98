import { model as cbamCnn } from '../../../ml/models/cbam-cnn.js';
import { model as denseNetwork } from '../../../ml/models/dense-network.js';
import { model as mobileNetV2 } from '../../../ml/models/mobilenet-v2.js';
import type { ModelKind } from '../../../ml/models/model.js';
import { model as residualCnn } from '../../../ml/models/residual-cnn.js';
import { model as seCnn } from '../../../ml/models/se-cnn.js';
import { model as selfAttentionCnn } from '../../../ml/models/self-attention-cnn.js';
import { model as tinyCnn } from '../../../ml/models/tiny-cnn.js';
import { model as visionTransformer } from '../../../ml/models/vision-transformer.js';
import type { Recipe } from '../../../ml/training/recipe.js';
import { nativePaths } from '../../support/native-paths.js';
import { testClassifierContract } from './classifier.contract.js';

const QUICK: Partial<Recipe> = { epochs: 16, batchSize: 20, maxShift: 0, learningRate: 0.01, weightDecay: 0 };
const TRUNK = { filters: [[4], [8]], hidden: 16, dropout: 0 };

/** Each network, small enough to learn the toy digits in a second or two. */
function kept<O extends object>(kind: ModelKind<O>, options: Partial<O>, accuracy = 0.8): void {
  testClassifierContract(kind, { options: { ...QUICK, ...options }, native: nativePaths(), accuracy });
}

kept(denseNetwork, { hidden: [24], dropout: 0.1 });
kept(seCnn, TRUNK);
kept(cbamCnn, TRUNK);
kept(selfAttentionCnn, { ...TRUNK, heads: 2, keyDim: 4 });
kept(visionTransformer, { patch: 7, stem: 'patch', width: 16, depth: 1, heads: 2, hidden: 16, dropout: 0, epochs: 40, learningRate: 0.02 }, 0.6);
kept(mobileNetV2, { blocks: 2, last: 32, dropout: 0 });
kept(residualCnn, { stem: [4, 8], widths: [8], blocks: [1], dropout: 0 }, 0.7);
kept(tinyCnn, { stages: [{ kind: 'conv', filters: 8 }, { kind: 'pool' }, { kind: 'separable', filters: 12 }, { kind: 'pool' }, { kind: 'point', filters: 16 }] });
