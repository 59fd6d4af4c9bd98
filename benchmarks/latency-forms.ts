import { tfliteFile } from '../ml/compression/tflite-forms.js';
import { calibrationImages } from '../ml/export/calibration-images.js';
import { lowerSavedNetwork } from '../ml/export/network/lower-saved-network.js';
import { observeRanges } from '../ml/export/network/observe-ranges.js';
import { writeQuantizedNetwork } from '../ml/export/onnx/write-quantized-network.js';
import type { Matrix } from '../ml/matrix.js';
import { readLayersModel } from '../ml/models/read-layers-model.js';
import { onnxForm } from '../ml/serving/onnx-form.js';
import { NETWORK_NAMES } from '../shared/model-names.js';
import type { LatencyModel } from './latency-models.js';

/** The files of a model that runtimes are timed with. */
export interface LatencyForms {
  /** By `<form>.<ending>`. */
  readonly files: Readonly<Record<string, Uint8Array>>;
}

/** A model as ONNX; a network also in int8 and for LiteRT. */
export function latencyForms({ name, kind, bytes }: LatencyModel, calibration: Matrix<Uint8Array>): LatencyForms {
  const float32 = onnxForm(kind, bytes).bytes;
  if (!NETWORK_NAMES.includes(kind)) return { files: { 'float32.onnx': float32 } };
  const graph = lowerSavedNetwork(readLayersModel(bytes));
  const ranges = observeRanges(graph, calibrationImages(calibration, calibration.rows));
  const facts = { description: name, metadata: {} };
  return {
    files: {
      'float32.onnx': float32, 'int8.onnx': writeQuantizedNetwork(graph, ranges, { name, doc: '', metadata: {} }),
      'float32.tflite': tfliteFile(graph, 'float32', facts, ranges), 'int8.tflite': tfliteFile(graph, 'int8', facts, ranges),
    },
  };
}
