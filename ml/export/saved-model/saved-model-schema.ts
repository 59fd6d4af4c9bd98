import protobuf from 'protobufjs/light.js';

/** Numbers of `DataType`. */
export const TENSORFLOW_TYPES = { float: 1, int32: 3, string: 7 } as const;
export type TensorFlowType = keyof typeof TENSORFLOW_TYPES;

const many = (type: string, id: number): protobuf.IField => ({ rule: 'repeated', type, id });
const map = (type: string, id: number): protobuf.IMapField => ({ keyType: 'string', type, id });

/** The part of tensorflow/core/protobuf/saved_model.proto and what it takes in that our files hold, with its names and field numbers. */
const MESSAGES = {
  SavedModel: { fields: { savedModelSchemaVersion: { type: 'int64', id: 1 }, metaGraphs: many('MetaGraphDef', 2) } },
  MetaGraphDef: {
    fields: { metaInfoDef: { type: 'MetaInfoDef', id: 1 }, graphDef: { type: 'GraphDef', id: 2 }, signatureDef: map('SignatureDef', 5) },
  },
  MetaInfoDef: { fields: { tags: many('string', 4), strippedDefaultAttrs: { type: 'bool', id: 7 } } },
  GraphDef: { fields: { node: many('NodeDef', 1), versions: { type: 'VersionDef', id: 4 } } },
  VersionDef: { fields: { producer: { type: 'int32', id: 1 } } },
  NodeDef: {
    fields: { name: { type: 'string', id: 1 }, op: { type: 'string', id: 2 }, input: many('string', 3), attr: map('AttrValue', 5) },
  },
  AttrValue: {
    fields: {
      list: { type: 'ListValue', id: 1 }, s: { type: 'bytes', id: 2 }, i: { type: 'int64', id: 3 }, f: { type: 'float', id: 4 }, b: { type: 'bool', id: 5 },
      type: { type: 'int32', id: 6 }, shape: { type: 'TensorShapeProto', id: 7 }, tensor: { type: 'TensorProto', id: 8 },
    },
    nested: { ListValue: { fields: { i: many('int64', 3) } } },
  },
  TensorProto: {
    fields: {
      dtype: { type: 'int32', id: 1 }, tensorShape: { type: 'TensorShapeProto', id: 2 }, tensorContent: { type: 'bytes', id: 4 }, stringVal: many('bytes', 8),
    },
  },
  TensorShapeProto: { fields: { dim: many('Dim', 2) }, nested: { Dim: { fields: { size: { type: 'int64', id: 1 } } } } },
  SignatureDef: {
    fields: { inputs: map('TensorInfo', 1), outputs: map('TensorInfo', 2), methodName: { type: 'string', id: 3 } },
  },
  TensorInfo: {
    fields: { name: { type: 'string', id: 1 }, dtype: { type: 'int32', id: 2 }, tensorShape: { type: 'TensorShapeProto', id: 3 } },
  },
};

/** What `saved_model.pb` is. */
export const SAVED_MODEL = protobuf.Root.fromJSON({ nested: MESSAGES }).lookupType('SavedModel');
