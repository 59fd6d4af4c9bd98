import { Connection } from '@temporalio/client';
import { SEARCH_ATTRIBUTES } from '../../shared/search-attributes.js';

// temporal.api.enums.v1.IndexedValueType
const TYPES = { KEYWORD: 2, DOUBLE: 4 } as const;

/** Registers the runs' search attributes on a Temporal server that is not ours; those that are there stay as they are. */
export async function registerSearchAttributes(address: string, namespace: string): Promise<void> {
  const connection = await Connection.connect({ address });
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = Object.entries(SEARCH_ATTRIBUTES).filter(([name]) => !Object.hasOwn(customAttributes ?? {}, name));
    if (missing.length === 0) return;
    const searchAttributes = Object.fromEntries(missing.map(([name, type]) => [name, TYPES[type]]));
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
  } finally {
    await connection.close();
  }
}
