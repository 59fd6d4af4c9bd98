import { wasmModule, type WasmFunction } from './wasm-module.js';

/* Not among Node's types. */
declare const WebAssembly: {
  readonly Memory: new (limits: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

const PAGE = 65536;

/**
 * Compiles functions that share a memory of at least `bytes` zeroed bytes. They need WebAssembly SIMD, which every Node since 16.4 has.
 * @typeParam E the functions by name.
 */
export function startWasm<E>(bytes: number, functions: readonly WasmFunction[]): { readonly memory: ArrayBuffer; readonly exports: E } {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
  const module = new WebAssembly.Module(wasmModule(functions));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return { memory: memory.buffer, exports: exports as E };
}
