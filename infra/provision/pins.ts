/** A wheel of PyPI: which files of it are wanted, and the SHA-256 that it must have. */
export interface WheelPin {
  readonly requirement: string;
  readonly version: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Files to take, as prefixes of their paths in the wheel. */
  readonly take: readonly string[];
  /** Files that must be there for the part to be whole. */
  readonly expect: readonly string[];
}

/** A program written in Go, with official releases. */
export interface ProgramPin {
  readonly version: string;
  /** Import path for `go install`; Go checks it against its checksum database. */
  readonly module: string;
  /** Packages it is compiled from: only the length of the progress bar. */
  readonly packages: number;
  /** Folder of the release's files. */
  readonly release: string;
  /** The release's archive for an operating system and a processor, in Node's words. */
  archive(platform: string, arch: string): string;
}

// The addon includes 14 headers; the wheel holds 11,000.
const TENSORFLOW_FILES = [
  'tensorflow/include/tensorflow/c/', 'tensorflow/include/tensorflow/core/platform/ctstring',
  'tensorflow/include/tsl/platform/ctstring', 'tensorflow/include/xla/tsl/c/',
  'tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2',
];
const TENSORFLOW_WHOLE = [
  'tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2', 'tensorflow/include/tensorflow/c/c_api.h',
];

/** Versions and checksums of the native parts. */
export const PINS = {
  temporal: {
    version: '1.5.1',
    module: 'github.com/temporalio/cli/cmd/temporal',
    packages: 1298,
    release: 'https://github.com/temporalio/cli/releases/download/v1.5.1',
    archive: (platform, arch) => `temporal_cli_1.5.1_${platform}_${arch === 'x64' ? 'amd64' : arch}.tar.gz`,
  } satisfies ProgramPin as ProgramPin,
  versitygw: {
    version: '1.8.0',
    module: 'github.com/versity/versitygw/cmd/versitygw',
    packages: 589,
    release: 'https://github.com/versity/versitygw/releases/download/v1.8.0',
    archive: (platform, arch) =>
      `versitygw_v1.8.0_${platform === 'darwin' ? 'Darwin' : 'Linux'}_${arch === 'x64' ? 'x86_64' : arch}.tar.gz`,
  } satisfies ProgramPin as ProgramPin,
  tensorflow: {
    requirement: 'tensorflow-cpu',
    version: '2.21.0',
    bytes: 273_829_956,
    sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
    take: TENSORFLOW_FILES,
    expect: TENSORFLOW_WHOLE,
  } satisfies WheelPin as WheelPin,
  /** CUDA 12. It falls back to the processor where it finds no GPU. */
  tensorflowGpu: {
    requirement: 'tensorflow',
    version: '2.21.0',
    bytes: 600_000_000,
    sha256: '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
    take: TENSORFLOW_FILES,
    expect: TENSORFLOW_WHOLE,
  } satisfies WheelPin as WheelPin,
  xgboost: {
    requirement: 'xgboost-cpu',
    version: '3.2.0',
    bytes: 5_595_924,
    sha256: '9c10b1653e1a689bf4094a328144cf3633c9be0e5217a76fbdc2fde6abcb2950',
    // The library finds its OpenMP runtime in ../../xgboost_cpu.libs.
    take: ['xgboost/lib/', 'xgboost_cpu.libs/'],
    expect: ['xgboost/lib/libxgboost.so', 'xgboost_cpu.libs/libgomp-e985bcbb.so.1.0.0'],
  } satisfies WheelPin as WheelPin,
  /** Of the wheel's libraries the one with the C API. */
  litert: {
    requirement: 'ai-edge-litert',
    version: '2.3.0',
    bytes: 21_778_233,
    sha256: '1f15078a6725d2357d9de9221664c29afa0545d807559c5f7199ce5e40b96b23',
    take: ['ai_edge_litert/libLiteRt.so'],
    expect: ['ai_edge_litert/libLiteRt.so'],
  } satisfies WheelPin as WheelPin,
} as const;

/**
 * Folders of Python packages: the official runtimes that judge what we write. TensorFlow has one of its own, for it takes three times the room of all
 * others together.
 */
export const PYTHON_FOLDERS = {
  python: { folder: 'python-interop', packages: ['numpy', `ai-edge-litert==${PINS.litert.version}`, 'safetensors==0.8.0', 'onnx==1.23.2', 'onnxruntime==1.32.0', `xgboost-cpu==${PINS.xgboost.version}`, 'scipy'] },
  pythonTensorflow: { folder: 'python-tensorflow', packages: [`tensorflow-cpu==${PINS.tensorflow.version}`] },
} as const;

export type PythonFolder = keyof typeof PYTHON_FOLDERS;
