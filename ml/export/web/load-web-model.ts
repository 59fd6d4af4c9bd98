import type * as tfTypes from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../../../native/tensorflow-js.js';
import type { ExportedFiles } from '../export-model.js';

const FOLDER = 'https://somewhere/models/';

/**
 * Loads the files as a page does: by requests for `model.json` and for what it names, relative to it.
 * @param files by the names that are requested
 * @param asked told of each request
 * @throws Error of TensorFlow.js when it refuses the files
 */
export async function loadWebModel(tf: TensorFlow, files: ExportedFiles, asked: (name: string) => void = () => undefined): Promise<tfTypes.LayersModel> {
  const fetchFunc = (address: unknown): Promise<Response> => {
    const name = String(address).slice(FOLDER.length);
    asked(name);
    const file = files[name];
    return Promise.resolve(file ? new Response(Buffer.from(file)) : new Response(null, { status: 404 }));
  };
  return tf.loadLayersModel(tf.io.http(`${FOLDER}model.json`, { fetchFunc }));
}
