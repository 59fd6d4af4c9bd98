/** A reference to immutable bytes in the artifact store; the bytes themselves never enter a workflow. */
export interface ArtifactRef {
  /** SHA-256 of the bytes, lower-case hexadecimal. */
  readonly digest: string;
  readonly bytes: number;
  /** One of {@link MEDIA}. */
  readonly mediaType: string;
}

/** Media types of what the store holds. */
export const MEDIA = {
  npy: 'application/x-npy',
  npz: 'application/x-npz',
  json: 'application/json',
  html: 'text/html',
  csv: 'text/csv',
  png: 'image/png',
  zip: 'application/zip',
  gzip: 'application/gzip',
  tflite: 'application/x-tflite',
  onnx: 'application/x-onnx',
  safetensors: 'application/x-safetensors',
  binary: 'application/octet-stream',
} as const;
