/** The parts that can be provisioned. */
export const PARTS = ['temporal', 'versitygw', 'tensorflow', 'tensorflowGpu', 'xgboost', 'litert', 'python', 'pythonTensorflow'] as const;
export type PartName = (typeof PARTS)[number];

/** Where the outside world is, when the user says so. */
export type Addresses = Readonly<Record<string, string | undefined>>;

/**
 * Which parts a process needs: all but the optional ones; not Temporal nor an S3 server where the user gave an address.
 * `--gpu` adds the CUDA library, `--python` the official runtimes, `--python-tensorflow` TensorFlow for Python; `--only a,b` names them.
 */
export function neededParts(args: readonly string[], env: Addresses): PartName[] {
  const only = args.includes('--only') ? (args[args.indexOf('--only') + 1] ?? '').split(',') : undefined;
  return PARTS.filter((part) => {
    if (only) return only.includes(part);
    if (part === 'temporal') return !env['TEMPORAL_ADDRESS'];
    if (part === 'versitygw') return !env['AWS_ENDPOINT_URL_S3'];
    if (part === 'tensorflowGpu') return args.includes('--gpu');
    if (part === 'pythonTensorflow') return args.includes('--python-tensorflow');
    return part === 'python' ? args.includes('--python') : true;
  });
}
