import type { Matrix } from '../matrix.js';
import type { KMeansRun } from './k-means-run.js';
import type { RowTensors } from './row-tensors.js';
import { unitOf } from '../unit-of.js';

const NONE = 65_535;
const MARGIN = 2 ** -20; // float32 errs by about 2^-22 of the lengths' product in a scalar product of some hundred columns

/** One restart of k-means while it runs. Centres are centred as the row tensors are. */
export class KMeansState {
  readonly centres: Matrix<Float32Array>;
  done = false;
  private readonly x: Matrix;
  private readonly tensors: RowTensors;
  private readonly assignment: Uint16Array;
  private readonly sums: Float64Array; // of the raw rows, by cluster
  private readonly sizes: Uint32Array;
  private readonly halfSquares: Float64Array;
  private readonly objective: number[] = [];
  private readonly total: number;
  private longest = 0;
  private moved = 0;
  private settled = false;
  private converged = false;

  constructor(x: Matrix, tensors: RowTensors, first: readonly Float32Array[]) {
    this.x = x;
    this.tensors = tensors;
    this.centres = { rows: first.length, columns: x.columns, data: new Float32Array(first.length * x.columns) };
    first.forEach((centre, cluster) => this.centres.data.set(centre, cluster * x.columns));
    this.assignment = new Uint16Array(x.rows).fill(NONE);
    this.sums = new Float64Array(first.length * x.columns);
    this.sizes = new Uint32Array(first.length);
    this.halfSquares = new Float64Array(first.length);
    this.total = tensors.squares.reduce((sum, square) => sum + square, 0);
    this.measureCentres();
  }

  /** Gives a block of rows to their nearest centres. `products` is [rows, stride]; this restart's begin at `offset`. */
  assign(products: Float32Array, first: number, rows: number, offset: number, stride: number): void {
    const { assignment, halfSquares, tensors: { squares }, longest } = this;
    const clusters = halfSquares.length;
    for (let i = 0; i < rows; i++) {
      const row = first + i;
      const at = i * stride + offset;
      let [best, score] = [0, products[at] - halfSquares[0]];
      for (let cluster = 1; cluster < clusters; cluster++) {
        const other = products[at + cluster] - halfSquares[cluster];
        if (other > score) {
          score = other;
          best = cluster;
        }
      }
      const current = assignment[row];
      if (best === current) continue;
      if (current !== NONE && score - (products[at + current] - halfSquares[current]) <= MARGIN * Math.sqrt(squares[row]) * longest) continue;
      this.move(row, best);
    }
  }

  /** After all rows were assigned: notes the objective and moves the centres, unless the end is reached. */
  finishIteration(smallestShift: number, last: boolean): void {
    this.fillEmpty();
    this.objective.push(this.inertia());
    this.converged = this.moved === 0 || this.settled;
    this.done = this.converged || last;
    this.moved = 0;
    if (!this.done) this.settled = this.moveCentres() <= smallestShift;
  }

  result(): KMeansRun {
    const { x: { columns }, tensors: { mean } } = this;
    const data = this.centres.data.map((value, i) => value + mean[i % columns]);
    return {
      centres: { ...this.centres, data }, assignment: this.assignment, inertia: this.objective.at(-1) ?? 0,
      objective: this.objective, converged: this.converged,
    };
  }

  private move(row: number, to: number): void {
    const { x: { columns, data }, sums, assignment, sizes } = this;
    const from = assignment[row];
    const begin = row * columns;
    if (from !== NONE) {
      for (let at = begin, sum = from * columns; at < begin + columns; at++, sum++) sums[sum] -= data[at];
      sizes[from]--;
    }
    for (let at = begin, sum = to * columns; at < begin + columns; at++, sum++) sums[sum] += data[at];
    sizes[to]++;
    assignment[row] = to;
    this.moved++;
  }

  /** Squared movement of all centres to the means of their rows. */
  private moveCentres(): number {
    const { centres: { columns, data }, sums, sizes, tensors: { mean } } = this;
    const unit = unitOf(this.x);
    let shift = 0;
    for (let cluster = 0; cluster < sizes.length; cluster++) {
      for (let column = 0, at = cluster * columns; column < columns; column++, at++) {
        const value = Math.fround((sums[at] * unit) / sizes[cluster] - mean[column]);
        shift += (value - data[at]) ** 2;
        data[at] = value;
      }
    }
    this.measureCentres();
    return shift;
  }

  private measureCentres(): void {
    const { centres: { rows, columns, data } } = this;
    this.longest = 0;
    for (let cluster = 0; cluster < rows; cluster++) {
      let square = 0;
      for (let at = cluster * columns; at < (cluster + 1) * columns; at++) square += data[at] * data[at];
      this.halfSquares[cluster] = square / 2;
      this.longest = Math.max(this.longest, Math.sqrt(square));
    }
  }

  /** Each cluster without rows takes the row that is farthest from its centre and not alone there. */
  private fillEmpty(): void {
    const { centres: { columns, data }, sizes } = this;
    for (let empty = 0; empty < sizes.length; empty++) {
      if (sizes[empty] > 0) continue;
      let [farthest, most] = [-1, -1];
      for (let row = 0; row < this.x.rows; row++) {
        const distance = sizes[this.assignment[row]] > 1 ? this.squaredDistance(row, this.assignment[row]) : -1;
        if (distance > most) [farthest, most] = [row, distance];
      }
      this.move(farthest, empty);
      for (let column = 0; column < columns; column++) data[empty * columns + column] = this.value(farthest, column);
      this.measureCentres();
    }
  }

  private squaredDistance(row: number, cluster: number): number {
    const { columns, data } = this.centres;
    let square = 0;
    for (let column = 0; column < columns; column++) square += (this.value(row, column) - data[cluster * columns + column]) ** 2;
    return square;
  }

  private value(row: number, column: number): number {
    return Math.fround(this.x.data[row * this.x.columns + column] * unitOf(this.x) - this.tensors.mean[column]);
  }

  /** Sum of squared distances of the rows to their centres, from the sums: |x|^2 - 2 x c + |c|^2. */
  private inertia(): number {
    const { centres: { columns, data }, sums, sizes, halfSquares, tensors: { mean } } = this;
    const unit = unitOf(this.x);
    let inertia = this.total;
    for (let cluster = 0; cluster < sizes.length; cluster++) {
      let product = 0;
      for (let column = 0, at = cluster * columns; column < columns; column++, at++) product += data[at] * (sums[at] * unit - sizes[cluster] * mean[column]);
      inertia += 2 * (sizes[cluster] * halfSquares[cluster] - product);
    }
    return Math.max(0, inertia);
  }
}
