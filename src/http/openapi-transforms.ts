import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';

type TransformObject = typeof jsonSchemaTransformObject;
type TransformInput = Parameters<TransformObject>[0];

/**
 * How zod schemas become the JSON Schemas of the OpenAPI document. Every named schema comes out twice,
 * as `X` for answers and `XInput` for requests; no request refers to a named schema, so the second
 * set is left out.
 */
export const openapiTransforms = {
  transform: jsonSchemaTransform,
  transformObject(input: TransformInput): ReturnType<TransformObject> {
    const document = jsonSchemaTransformObject(input);
    const schemas = 'components' in document ? document.components?.schemas : undefined;
    for (const name of Object.keys(schemas ?? {})) {
      const isInput = name.endsWith('Input') && schemas?.[name.slice(0, -'Input'.length)];
      if (schemas && isInput) delete schemas[name];
    }
    return document;
  },
};
