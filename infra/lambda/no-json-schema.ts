/**
 * Stands for zod's generator of JSON Schema, which every schema carries along: the contract is made
 * when the functions are bundled, never inside one.
 */
function never(): never {
  throw new Error('This bundle makes no JSON Schema: the contract was made beside it.');
}

export const initializeContext = never;
export const handleUnrepresentable = never;
export const processSchema = never;
export const process = never;
export const extractDefs = never;
export const finalize = never;
export const createToJSONSchemaMethod = () => never;
export const createStandardJSONSchemaMethod = () => never;
