import type { KernelCodes } from '../../compression/compressed-weights.js';
import { toHalfBits } from '../half-precision.js';
import { packCodes } from './pack-codes.js';

/** The constants of a header: its text, and what they take in memory. One that is asked for twice is there once. */
export class ConstantArrays {
  readonly #lines: string[] = [];
  readonly #identifiers = new Map<string, string>();
  #bytes = 0;
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** In C. */
  get text(): string {
    return this.#lines.join('\n');
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @returns the array's name. */
  floats(name: string, data: Float32Array): string {
    return this.#add('float', name, Array.from(data, floatInC), 4 * data.length);
  }

  halves(name: string, data: Float32Array): string {
    return this.#add('uint16_t', name, Array.from(toHalfBits(data), (bits) => `0x${bits.toString(16)}`), 2 * data.length);
  }

  /** @returns the array's name, and how its codes are to be read. */
  codes(name: string, { bits, values }: KernelCodes): readonly [identifier: string, format: number] {
    const { bytes, format } = packCodes(values, bits);
    return [this.#add('uint8_t', name, Array.from(bytes, String), bytes.length), format];
  }

  #add(type: string, name: string, numbers: readonly string[], bytes: number): string {
    const known = this.#identifiers.get(name);
    if (known !== undefined) return known;
    const plain = `${this.#prefix}_${name.replace(/[^A-Za-z0-9]+/g, '_')}`;
    const identifier = [...this.#identifiers.values()].includes(plain) ? `${plain}_${this.#identifiers.size}` : plain;
    this.#identifiers.set(name, identifier);
    const rows: string[] = [];
    for (let at = 0; at < numbers.length; at += 16) rows.push(`  ${numbers.slice(at, at + 16).join(', ')}`);
    this.#lines.push(`static const ${type} ${identifier}[${numbers.length}] = {\n${rows.join(',\n')}\n};`);
    this.#bytes += bytes;
    return identifier;
  }
}

/** The shortest decimal that reads back as the same float. */
export function floatInC(value: number): string {
  const digits = String(Number(Math.fround(value).toPrecision(9)));
  return `${/[.e]/.test(digits) ? digits : `${digits}.0`}f`;
}
