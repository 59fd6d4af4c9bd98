import type { SavedNetwork } from '../../models/read-layers-model.js';
import type { CompressedKernel, CompressedWeights } from '../compressed-weights.js';
import { foldNormalisation } from './fold-normalisation.js';

/** Folds batch normalisation into a quantised network: codes stay (their signs change with a scale's, which stays above 0), scales are multiplied. */
export function foldCompressed(network: SavedNetwork, { kernels, outputs }: CompressedWeights): { readonly saved: SavedNetwork; readonly compressed: CompressedWeights } {
  const { saved, factors, replaced } = foldNormalisation(network);
  const folded = kernels.map((kernel) => {
    const factor = factors.get(kernel.name);
    return factor ? scaled(kernel, factor) : kernel;
  });
  const byName = new Map(folded.map((kernel) => [kernel.name, kernel]));
  const weights = saved.weights.map((weight) => {
    const kernel = byName.get(weight.name);
    return kernel?.codes ? { ...weight, data: valuesOf(kernel.codes) } : weight;
  });
  return { saved: { ...saved, weights }, compressed: { kernels: folded, outputs: outputs.map((output) => ({ ...output, layer: replaced.get(output.layer) ?? output.layer })) } };
}

function valuesOf({ values, scales }: NonNullable<CompressedKernel['codes']>): Float32Array<ArrayBuffer> {
  return Float32Array.from(values, (code, i) => code * scales[i % scales.length]);
}

function scaled(kernel: CompressedKernel, factor: Float32Array): CompressedKernel {
  if (!kernel.codes) return kernel;
  const { bits, values, scales } = kernel.codes;
  const product = scales.map((scale, channel) => scale * factor[channel]);
  return {
    ...kernel,
    codes: {
      bits,
      // A factor of 0 silences the channel: codes of 0 at any scale.
      values: values.map((code, i) => code * Math.sign(product[i % product.length])),
      scales: product.map((scale) => Math.abs(scale) || 1),
    },
  };
}
