import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';

/** How zod schemas become the JSON Schemas of the OpenAPI document. */
export function createJsonSchemaTransforms() {
  return { transform: jsonSchemaTransform, transformObject: jsonSchemaTransformObject };
}
