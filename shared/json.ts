/** What survives JSON: the only values that cross a step's or a workflow's boundary beside bytes. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}
