import type { LibraryHandle } from 'koffi';

/** An address, a number, a string, NULL, or a typed array whose memory is passed (and written to, where the function writes). */
export type NativeArgument = bigint | number | string | null | ArrayBufferView;

/** A function in C that returns a status: 0 where it did what was asked. */
export type StatusFunction = ((...args: readonly NativeArgument[]) => number) & {
  async(...args: readonly (NativeArgument | ((error: unknown, status: number) => void))[]): void;
};

/**
 * Binds functions that return an int.
 * @param signatures their parameters in C, by name
 * @throws what koffi throws for a function that the library lacks.
 */
export function statusFunctions<Name extends string>(library: LibraryHandle, signatures: Readonly<Record<Name, string>>): Readonly<Record<Name, StatusFunction>> {
  const bound = Object.entries<string>(signatures).map(([name, parameters]) => [name, library.func(`int ${name}(${parameters})`)]);
  return Object.fromEntries(bound) as Record<Name, StatusFunction>;
}

/** Calls in another thread and resolves with the status: the event loop stays free. The caller keeps what the addresses point to alive. */
export function statusInThread(called: StatusFunction, args: readonly NativeArgument[]): Promise<number> {
  return new Promise((resolve, reject) => {
    called.async(...args, (error, status) => {
      if (error) reject(error as Error);
      else resolve(status);
    });
  });
}

/** A place for a library to write one pointer or one number of eight bytes. */
export function outCell(): BigUint64Array<ArrayBuffer> {
  return new BigUint64Array(new ArrayBuffer(8));
}
