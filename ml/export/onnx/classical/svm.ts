import { CLASSES } from '../../../models/model.js';
import { OTHERS, PAIRS, placeAmongOthers } from '../../../svm/class-pairs.js';
import { decodeSvm } from '../../../svm/svm-bytes.js';
import type { SvmModel } from '../../../svm/svm-bytes.js';
import { coupledPairs } from './coupled-pairs.js';
import { modelArrays } from './model-arrays.js';
import type { OnnxWriter } from './onnx-writer.js';
import { projectionGraph } from './projection-graph.js';
import type { RowGraph } from './row-graph.js';
import { kernelValues } from './svm-kernel.js';

/**
 * Support vector machine: kernel values, the decisions of the 45 pairs, and pairwise coupling. ONNX's own SVMClassifier couples pairs to 0.005 of
 * ours (LIBSVM's tolerance) and keeps a sigmoid for each pair: plain operators agree.
 */
export function svmGraph(bytes: Uint8Array): RowGraph {
  const svm = decodeSvm(bytes);
  const { roots, machine, slope } = svm;
  const projection = projectionGraph(modelArrays('SVM', bytes));
  return {
    columns: projection.columns,
    write(to, features) {
      const rows = projection.floats(to, roots ? signedRoots(to, features) : features);
      return coupledPairs(to, decisions(to, svm, rows), slope, machine.present);
    },
  };
}

function signedRoots(to: OnnxWriter, rows: string): string {
  return to.op('Mul', [to.op('Sign', [rows]), to.op('Sqrt', [to.op('Abs', [rows])])]);
}

/** double [batch, 45]. Each class's vectors give nine sums, one for each other class; a pair's decision is two of them and its bias. */
function decisions(to: OnnxWriter, svm: SvmModel, rows: string): string {
  const { starts, weights, biases } = svm.machine;
  const valuesOf = kernelValues(to, svm, rows);
  const pairSums: string[] = [];
  const taken: number[] = []; // [sums, 45]: which sums are a pair's
  for (let own = 0; own < CLASSES; own++) {
    const [from, end] = [starts[own], starts[own + 1]];
    if (from === end) continue;
    // in double: the sums of both sides of a pair are large and all but cancel
    const sums = to.op('MatMul', [to.cast(valuesOf(from, end), 'double'), to.asDoubles(weights.slice(from * OTHERS, end * OTHERS), [end - from, OTHERS])]);
    pairSums.push(sums);
    for (let place = 0; place < OTHERS; place++) {
      taken.push(...PAIRS.map(([a, b]) => Number((a === own && placeAmongOthers(a, b) === place) || (b === own && placeAmongOthers(b, a) === place))));
    }
  }
  const all = to.op('Concat', pairSums, { attributes: { axis: { i: 1 } } });
  const bySide = to.asDoubles(Uint8Array.from(taken), [taken.length / PAIRS.length, PAIRS.length]);
  return to.op('Add', [to.op('MatMul', [all, bySide]), to.asDoubles(biases, [PAIRS.length])]);
}
