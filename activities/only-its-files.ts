import { NETWORK_FORMATS } from '../shared/export-formats.js';
import type { ExportFormat } from '../shared/export-formats.js';

/** A network's variant of which no saved network is kept. */
interface QuantisedVariant {
  readonly name: string;
  /** Its model's name. */
  readonly of: string | undefined;
  readonly artifacts: Readonly<Record<string, unknown>>;
}

/** Why a variant that was quantised after its training is not written in a format, and what to do instead. */
export function onlyItsFiles({ name, of, artifacts }: QuantisedVariant, format: ExportFormat): string {
  const files = ['tflite', 'onnx'].filter((role) => artifacts[role]);
  const only = `${name} was quantised after its training: there are only its own files (${files.join(', ')}), which \`digitloom artifacts --save\` writes.`;
  const isOther = of !== undefined && !files.includes(format) && NETWORK_FORMATS.some((one) => one === format);
  return isOther ? `${only} Export ${of} as ${format} instead.` : only;
}
