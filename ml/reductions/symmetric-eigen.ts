import { EigenvalueDecomposition, Matrix as DenseMatrix } from 'ml-matrix';
import type { LeadingEigen } from './algebra.js';
import { householderQl } from './householder-ql.js';

/** Up to here ml-matrix is as fast, and quick enough to say nothing meanwhile. */
const SMALL = 64;

/**
 * All eigenvalues of a symmetric matrix [size, size] in falling order, and the eigenvectors of the first `choose(values)`, in
 * float64. Library for small matrices: ml-matrix.
 */
export function symmetricEigen(matrix: Float64Array, size: number, choose: (values: Float64Array) => number, working: () => void): LeadingEigen {
  const { values: rising, vectors: rows } = size <= SMALL ? smallEigen(matrix, size) : householderQl(matrix, size, working);
  const values = rising.slice().reverse();
  const count = choose(values);
  const vectors = new Float64Array(count * size);
  for (let r = 0; r < count; r++) vectors.set(rows.subarray((size - 1 - r) * size, (size - r) * size), r * size);
  return { values, vectors, count };
}

function smallEigen(matrix: Float64Array, size: number): { values: Float64Array; vectors: Float64Array } {
  const decomposition = new EigenvalueDecomposition(DenseMatrix.from1DArray(size, size, matrix), { assumeSymmetric: true });
  return { values: Float64Array.from(decomposition.realEigenvalues), vectors: Float64Array.from(decomposition.eigenvectorMatrix.transpose().to1DArray()) };
}
