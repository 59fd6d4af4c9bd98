import type { Matrix } from '../matrix.js';
import type { Neighbours } from './neighbours.js';

/**
 * Finds the nearest rows of queries among rows that were laid out once; what it finds for a query does not depend on the others.
 * @param onProgress called with the number of queries answered, some hundred times a second; may throw to end the search.
 */
export type RowSearch = (queries: Matrix<Float32Array>, onProgress?: (done: number) => void) => Neighbours;
