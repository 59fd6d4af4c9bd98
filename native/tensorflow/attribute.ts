import { DATA_TYPES, dataTypeOfArray } from './data-type.js';
import type { DataType } from './data-type.js';
import type { TensorFlowLibrary } from './library.js';
import { dimensionsOf, newTensor } from './tensor-memory.js';
import { withStatus } from './status.js';

/** A value of one of an operation's attributes, with its kind. */
export type Attribute =
  | { readonly type: DataType }
  | { readonly types: readonly DataType[] }
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly bool: boolean }
  | { readonly text: string }
  /** -1 for a dimension that is not known. */
  | { readonly shape: readonly number[] }
  | { readonly tensor: { readonly shape: readonly number[]; readonly data: ArrayBufferView; readonly type?: DataType } };

/** Sets an attribute of an operation under construction. */
export function setAttribute(library: TensorFlowLibrary, description: bigint, name: string, attribute: Attribute): void {
  const { functions } = library;
  if ('type' in attribute) functions.TF_SetAttrType(description, name, DATA_TYPES[attribute.type]);
  else if ('types' in attribute) functions.TF_SetAttrTypeList(description, name, new Int32Array(offHeap(attribute.types.map((type) => DATA_TYPES[type]))), attribute.types.length);
  else if ('int' in attribute) functions.TF_SetAttrInt(description, name, attribute.int);
  else if ('ints' in attribute) functions.TF_SetAttrIntList(description, name, dimensionsOf(attribute.ints), attribute.ints.length);
  else if ('float' in attribute) functions.TF_SetAttrFloat(description, name, attribute.float);
  else if ('bool' in attribute) functions.TF_SetAttrBool(description, name, attribute.bool ? 1 : 0);
  else if ('text' in attribute) functions.TF_SetAttrString(description, name, attribute.text, Buffer.byteLength(attribute.text));
  else if ('shape' in attribute) functions.TF_SetAttrShape(description, name, dimensionsOf(attribute.shape), attribute.shape.length);
  else setTensor(library, description, name, attribute.tensor);
}

function setTensor(library: TensorFlowLibrary, description: bigint, name: string, { shape, data, type = dataTypeOfArray(data) }: Extract<Attribute, { tensor: object }>['tensor']): void {
  const tensor = newTensor(library, type, shape, data);
  try {
    withStatus(library, `attribute ${name}`, (status) => library.functions.TF_SetAttrTensor(description, name, tensor, status));
  } finally {
    library.functions.TF_DeleteTensor(tensor);
  }
}

/** Small arrays lie in JavaScript's own heap, which moves them about; memory made for itself stays where it is. */
function offHeap(numbers: readonly number[]): ArrayBuffer {
  const memory = new ArrayBuffer(4 * Math.max(1, numbers.length));
  new Int32Array(memory).set(numbers);
  return memory;
}
