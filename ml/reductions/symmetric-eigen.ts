import { EigenvalueDecomposition, Matrix as DenseMatrix } from 'ml-matrix';
import type { LeadingEigen } from './algebra.js';

/**
 * All eigenvalues of a symmetric matrix [size, size] in falling order, and the eigenvectors of the first `choose(values)`, in
 * float64. Library: ml-matrix (Householder reduction and implicit QL).
 */
export function symmetricEigen(matrix: Float64Array, size: number, choose: (values: Float64Array) => number): LeadingEigen {
  const decomposition = new EigenvalueDecomposition(DenseMatrix.from1DArray(size, size, matrix), { assumeSymmetric: true });
  const ascending = decomposition.realEigenvalues;
  const columns = decomposition.eigenvectorMatrix;
  const values = Float64Array.from(ascending).reverse();
  const count = choose(values);
  const vectors = new Float64Array(count * size);
  for (let r = 0, i = 0; r < count; r++) for (let j = 0; j < size; j++, i++) vectors[i] = columns.get(j, size - 1 - r);
  return { values, vectors, count };
}
