const RUNTIME_VERSION_BYTES = 16; // the converter pads this metadata to its own width
const RUNTIME_VERSION = '2.17.0'; // first with one scale for each output of a fully connected layer

/**
 * The named entries of a `.tflite` file: `min_runtime_version`, and `metadata.json` where there are facts to keep (labels,
 * normalisation, digest of the training, licence).
 */
export function fileMetadata(facts: Readonly<Record<string, string>> = {}): Record<string, Uint8Array> {
  const encoder = new TextEncoder();
  const version = new Uint8Array(RUNTIME_VERSION_BYTES);
  encoder.encodeInto(RUNTIME_VERSION, version);
  return {
    min_runtime_version: version,
    ...(Object.keys(facts).length > 0 && { 'metadata.json': encoder.encode(JSON.stringify(facts)) }),
  };
}
