import { InvalidConfigError } from '../../../../shared/errors.js';
import { CLASSES } from '../../../models/model.js';
import { OnnxModel } from '../onnx-model.js';
import { bernoulliNbGraph } from './bernoulli-nb.js';
import { forestGraph } from './forest.js';
import { gaussianNbGraph } from './gaussian-nb.js';
import { knnGraph } from './knn.js';
import { linearGraph } from './linear.js';
import { linearScoreGraph } from './linear-scores.js';
import { OnnxWriter } from './onnx-writer.js';
import { qdaGraph } from './qda.js';
import type { ReadRowGraph, RowGraph } from './row-graph.js';
import { scoreGraph } from './score-graph.js';
import { svmGraph } from './svm.js';
import { xgboostGraph } from './xgboost.js';

/** How each classical kind is written, by its name. */
export const CLASSICAL_GRAPHS: Readonly<Record<string, ReadRowGraph>> = {
  'logistic-regression': (bytes) => linearGraph('logistic regression', bytes),
  'linear-svm': (bytes) => linearGraph('linear SVM', bytes),
  'gaussian-nb': gaussianNbGraph,
  'bernoulli-nb': bernoulliNbGraph,
  lda: scoreGraph('linear discriminant analysis', linearScoreGraph('linear discriminant analysis')),
  'nearest-centroid': scoreGraph('nearest centroid', linearScoreGraph('nearest centroid')),
  qda: qdaGraph,
  svm: svmGraph,
  knn: knnGraph,
  'decision-tree': forestGraph('decision tree'),
  'random-forest': forestGraph('random forest'),
  'extra-trees': forestGraph('forest of extra trees'),
  bagging: forestGraph('bag of trees'),
  'ada-boost': forestGraph('AdaBoost model', { boosted: true }),
  xgboost: xgboostGraph,
};

/**
 * A trained classical model as an ONNX file: `features` float32 [batch, columns] (a row as the model takes it; pixels in 0..1) to
 * `probabilities` float32 [batch, 10] and `label` int64 [batch], the likeliest digit.
 * @param bytes as the model's `save` gave them.
 * @param facts what the file says of its model.
 * @throws InvalidConfigError for a kind that is not classical; InvalidModelError when the bytes are no such model, or hold what ONNX cannot say.
 */
export function classicalOnnx(kind: string, bytes: Uint8Array, facts: Readonly<Record<string, string>> = {}): Uint8Array {
  const read = CLASSICAL_GRAPHS[kind];
  if (!read) throw new InvalidConfigError(`ONNX: ${kind} is no classical model; expected one of ${Object.keys(CLASSICAL_GRAPHS).join(', ')}.`);
  return rowGraphOnnx(kind, read(bytes), facts);
}

/** A file of one graph, such as an ensemble's: inputs and outputs as `classicalOnnx`. */
export function rowGraphOnnx(name: string, graph: RowGraph, facts: Readonly<Record<string, string>> = {}): Uint8Array {
  const model = new OnnxModel({ name, doc: `${name}: class probabilities and labels of rows`, metadata: facts });
  const features = model.input('features', 'float', ['batch', graph.columns]);
  const found = graph.write(new OnnxWriter(model, name), features);
  model.node('Identity', { inputs: [found], outputs: ['probabilities'] });
  model.node('ArgMax', { inputs: ['probabilities'], outputs: ['label'], attributes: { axis: { i: 1 }, keepdims: { i: 0 } } });
  model.output('probabilities', 'float', ['batch', CLASSES]);
  model.output('label', 'int64', ['batch']);
  return model.encode();
}
