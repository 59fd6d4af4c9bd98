import type { Matrix } from '../matrix.js';
import type { DenseAlgebra } from './algebra.js';
import { loadedTensorFlow } from './loaded-tensorflow.js';
import { plainAlgebra } from './plain-algebra.js';

/** Numbers (rows x columns) from which on TensorFlow's products are worth the second that loading it takes. */
const LARGE = 4e6;

/** The algebra that suits a matrix: TensorFlow's for a large one, plain loops for a small one. For processes. */
export async function algebraFor({ rows, columns }: Pick<Matrix, 'rows' | 'columns'>): Promise<DenseAlgebra> {
  return rows * columns < LARGE ? plainAlgebra : (await loadedTensorFlow()).algebra;
}
