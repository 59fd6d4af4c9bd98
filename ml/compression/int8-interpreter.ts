import { InvalidModelError } from '../../shared/errors.js';
import type { TfliteGraph } from '../export/tflite/tflite-graph.js';
import type { AffineQuantization } from './affine-quantization.js';
import { int8Kernels, REQUANTIZE, TILE_CHANNELS, TILE_POSITIONS } from './int8-kernels.js';
import type { Int8Kernels } from './int8-kernels.js';
import { positionOffset, roundUp, VALUE_BYTES } from './int8-layout.js';
import type { Int8Layout } from './int8-layout.js';
import { int8Plan } from './int8-plan.js';
import type { Int8Plan, MultiplyStep, PoolStep } from './int8-plan.js';
import { Int8Softmax } from './int8-softmax.js';

const SLACK = 64; // runs are filled up to whole quads, so the last one is read a little beyond its end

/** A step's activations, with their addresses in memory. */
interface Placed {
  readonly input: Int8Layout;
  readonly inputAt: number;
  readonly outputAt: number;
}
type PlacedPool = PoolStep & Placed;
type PlacedMultiply = MultiplyStep & Placed & { readonly weightsAt: number; readonly tableAt: number };
type PlacedStep = PlacedPool | PlacedMultiply;

/**
 * Executes an int8 TFLite graph as LiteRT does by default (XNNPACK), bit for bit: whole-number sums, rescaled in float32.
 * LiteRT's own kernels round in other ways, differently in each of their layers; they differ by a quantum now and then.
 *
 * Four images go through together; the products run in WebAssembly SIMD, everything else is bookkeeping on addresses.
 */
export class Int8Interpreter {
  /** Numbers of an image. */
  readonly columns: number;
  readonly classes: number;
  readonly inputQuantization: AffineQuantization;
  private readonly plan: Int8Plan;
  private readonly kernels: Int8Kernels;
  private readonly values: Int16Array;
  private readonly steps: PlacedStep[] = [];
  private readonly softmax: Int8Softmax;

  /** @throws InvalidModelError when the graph is not a chain of known int8 layers that ends with a softmax. */
  constructor(graph: TfliteGraph) {
    const plan = int8Plan(graph);
    this.plan = plan;
    this.columns = plan.input.height * plan.input.width * plan.input.channels;
    this.classes = (plan.steps.at(-1)?.output ?? plan.input).channels;
    this.inputQuantization = plan.inputQuantization;
    this.softmax = new Int8Softmax(plan.logits.scale, plan.beta);
    this.kernels = int8Kernels(this.place());
    this.values = new Int16Array(this.kernels.memory);
    for (const step of this.steps) {
      if (step.kind === 'pool') continue;
      this.values.set(step.weights, step.weightsAt / VALUE_BYTES);
      new Uint8Array(this.kernels.memory).set(step.table, step.tableAt);
    }
  }

  /**
   * int8 images [rows, columns] to int8 probabilities [rows, classes].
   * @throws InvalidModelError when the images are not whole rows.
   */
  run(images: Int8Array): Int8Array {
    const rows = images.length / this.columns;
    if (!Number.isInteger(rows)) throw new InvalidModelError(`${images.length} values are no whole number of images of ${this.columns}.`);
    const out = new Int8Array(rows * this.classes);
    for (let from = 0; from < rows; from += TILE_POSITIONS) {
      const count = Math.min(TILE_POSITIONS, rows - from);
      this.fill(images.subarray(from * this.columns, (from + count) * this.columns), count);
      for (const step of this.steps) this.execute(step, count);
      this.finish(out, from, count);
    }
    return out;
  }

  /** Gives everything an address; returns the bytes needed. */
  private place(): number {
    let end = 0;
    const take = (bytes: number): number => {
      const at = end;
      end = roundUp(end + bytes, 16);
      return at;
    };
    let input = this.plan.input;
    let inputAt = take(input.imageBytes * TILE_POSITIONS + SLACK);
    for (const step of this.plan.steps) {
      const outputAt = take(step.output.imageBytes * TILE_POSITIONS + SLACK);
      const placed = { input, inputAt, outputAt };
      if (step.kind === 'pool') this.steps.push({ ...step, ...placed });
      else this.steps.push({ ...step, ...placed, weightsAt: take(step.weights.byteLength), tableAt: take(step.table.byteLength) });
      [input, inputAt] = [step.output, outputAt];
    }
    return end + SLACK;
  }

  private fill(images: Int8Array, count: number): void {
    const { input } = this.plan;
    const { zeroPoint } = this.inputQuantization;
    let from = 0;
    for (let image = 0; image < count; image++) {
      for (let y = 0; y < input.height; y++) {
        for (let x = 0; x < input.width; x++) {
          const to = (image * input.imageBytes + positionOffset(input, y, x)) / VALUE_BYTES;
          for (let c = 0; c < input.channels; c++) this.values[to + c] = images[from++] - zeroPoint;
        }
      }
    }
  }

  private execute(step: PlacedStep, count: number): void {
    if (step.kind === 'multiply') {
      // The images are the positions; what is left of an earlier batch is worked on too, and not read.
      this.multiply(step, step.inputAt, step.input.imageBytes, step.input.rowBytes, step.outputAt, step.output.imageBytes);
      return;
    }
    for (let image = 0; image < count; image++) {
      const from = step.inputAt + image * step.input.imageBytes;
      const to = step.outputAt + image * step.output.imageBytes;
      if (step.kind === 'pool') this.pool(step, from, to);
      else this.convolve(step, from, to);
    }
  }

  private convolve(step: PlacedMultiply, from: number, to: number): void {
    const { input, output, strides } = step;
    const fits = output.width >= TILE_POSITIONS;
    const inputStride = fits ? strides[1] * input.stride * VALUE_BYTES : 0;
    const outputStride = fits ? output.stride * VALUE_BYTES : 0;
    const width = fits ? TILE_POSITIONS : 1;
    for (let y = 0; y < output.height; y++) {
      for (let x = 0; x < output.width; x += width) {
        const start = Math.min(x, output.width - width); // the last tile overlaps the one before
        const at = from + positionOffset(input, y * strides[0] - step.top, start * strides[1] - step.left);
        this.multiply(step, at, inputStride, input.rowBytes, to + positionOffset(output, y, start), outputStride);
      }
    }
  }

  private multiply(
    { rows, quads, weightsAt, tableAt, output }: PlacedMultiply,
    from: number, positionStride: number, rowBytes: number, to: number, outputStride: number,
  ): void {
    const blocks = output.stride / TILE_CHANNELS;
    const blockBytes = rows * quads * 4 * TILE_CHANNELS * VALUE_BYTES;
    for (let block = 0; block < blocks; block++) {
      this.kernels.multiply(
        from, positionStride, rows, rowBytes, quads, weightsAt + block * blockBytes, tableAt + block * REQUANTIZE.bytes,
        to + block * TILE_CHANNELS * VALUE_BYTES, outputStride,
      );
    }
  }

  private pool({ input, output, poolSize, strides, top, left }: PlacedPool, from: number, to: number): void {
    for (let y = 0; y < output.height; y++) {
      const firstRow = Math.max(y * strides[0] - top, 0);
      const rows = Math.min(y * strides[0] - top + poolSize[0], input.height) - firstRow;
      for (let x = 0; x < output.width; x++) {
        const firstColumn = Math.max(x * strides[1] - left, 0);
        const columns = Math.min(x * strides[1] - left + poolSize[1], input.width) - firstColumn;
        this.kernels.maximum(
          from + positionOffset(input, firstRow, firstColumn), rows, input.rowBytes, columns, input.stride * VALUE_BYTES,
          input.stride / TILE_CHANNELS, to + positionOffset(output, y, x),
        );
      }
    }
  }

  private finish(out: Int8Array, row: number, count: number): void {
    const last = this.steps.at(-1);
    if (!last) return;
    for (let image = 0; image < count; image++) {
      const from = (last.outputAt + image * last.output.imageBytes) / VALUE_BYTES;
      this.softmax.run(this.values, from, this.classes, out, (row + image) * this.classes);
    }
  }
}
