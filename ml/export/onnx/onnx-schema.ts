import protobuf from 'protobufjs/light.js';

/** Numbers of `TensorProto.DataType`. */
export const ONNX_TYPES = { float: 1, uint8: 2, int8: 3, int32: 6, int64: 7, string: 8, bool: 9, float16: 10, double: 11 } as const;
export type OnnxType = keyof typeof ONNX_TYPES;

/** Numbers of `AttributeProto.AttributeType`, by the field that holds such a value. */
export const ONNX_ATTRIBUTE_TYPES = { f: 1, i: 2, s: 3, t: 4, floats: 6, ints: 7, strings: 8 } as const;

const many = (type: string, id: number): protobuf.IField => ({ rule: 'repeated', type, id });

/** The part of onnx/onnx.proto that our files hold, with its names and field numbers. */
const MESSAGES = {
  ModelProto: {
    fields: {
      irVersion: { type: 'int64', id: 1 }, producerName: { type: 'string', id: 2 }, producerVersion: { type: 'string', id: 3 },
      docString: { type: 'string', id: 6 }, graph: { type: 'GraphProto', id: 7 }, opsetImport: many('OperatorSetIdProto', 8),
      metadataProps: many('StringStringEntryProto', 14),
    },
  },
  OperatorSetIdProto: { fields: { domain: { type: 'string', id: 1 }, version: { type: 'int64', id: 2 } } },
  StringStringEntryProto: { fields: { key: { type: 'string', id: 1 }, value: { type: 'string', id: 2 } } },
  GraphProto: {
    fields: {
      node: many('NodeProto', 1), name: { type: 'string', id: 2 }, initializer: many('TensorProto', 5),
      input: many('ValueInfoProto', 11), output: many('ValueInfoProto', 12),
    },
  },
  NodeProto: {
    fields: {
      input: many('string', 1), output: many('string', 2), name: { type: 'string', id: 3 }, opType: { type: 'string', id: 4 },
      attribute: many('AttributeProto', 5), domain: { type: 'string', id: 7 },
    },
  },
  AttributeProto: {
    fields: {
      name: { type: 'string', id: 1 }, f: { type: 'float', id: 2 }, i: { type: 'int64', id: 3 }, s: { type: 'bytes', id: 4 },
      t: { type: 'TensorProto', id: 5 }, floats: many('float', 7), ints: many('int64', 8), strings: many('bytes', 9), type: { type: 'int32', id: 20 },
    },
  },
  TensorProto: {
    fields: { dims: many('int64', 1), dataType: { type: 'int32', id: 2 }, name: { type: 'string', id: 8 }, rawData: { type: 'bytes', id: 9 } },
  },
  ValueInfoProto: { fields: { name: { type: 'string', id: 1 }, type: { type: 'TypeProto', id: 2 } } },
  TypeProto: {
    fields: { tensorType: { type: 'Tensor', id: 1 } },
    nested: { Tensor: { fields: { elemType: { type: 'int32', id: 1 }, shape: { type: 'TensorShapeProto', id: 2 } } } },
  },
  TensorShapeProto: {
    fields: { dim: many('Dimension', 1) },
    nested: { Dimension: { fields: { dimValue: { type: 'int64', id: 1 }, dimParam: { type: 'string', id: 2 } } } },
  },
};

const SCHEMA = protobuf.Root.fromJSON({ nested: MESSAGES });
/** A model, to be decoded. */
export const ONNX_MODEL = SCHEMA.lookupType('ModelProto');
/** An attribute of a node, to be encoded. */
export const ONNX_ATTRIBUTE = SCHEMA.lookupType('AttributeProto');

/**
 * A model whose nodes' attributes are encoded already, to be encoded: the same bytes. While a message is encoded each of its numbers takes a small
 * object, and the attributes of a forest hold millions.
 */
export const ONNX_MODEL_OF_PARTS = protobuf.Root.fromJSON({
  nested: { ...MESSAGES, NodeProto: { fields: { ...MESSAGES.NodeProto.fields, attribute: many('bytes', 5) } } },
}).lookupType('ModelProto');
