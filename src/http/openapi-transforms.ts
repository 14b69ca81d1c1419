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
    if (schemas && 'components' in document && document.components) {
      // By name, because they come in the order in which modules happened to be loaded.
      document.components.schemas = Object.fromEntries(
        Object.entries(schemas).toSorted(([one], [other]) => (one < other ? -1 : 1)),
      );
    }
    const upload = 'paths' in document ? document.paths?.['/v1/documents']?.post : undefined;
    if (upload) Object.assign(upload, { requestBody: uploadBody });
    return document;
  },
};

/** Multipart bodies are read as a stream and so have no zod schema that could be transformed. */
const uploadBody = {
  required: true,
  content: {
    'multipart/form-data': {
      schema: {
        type: 'object' as const,
        properties: {
          relativePath: {
            type: 'string' as const,
            description: 'Before a file: its path, whose folders are made where they are missing',
          },
          files: {
            type: 'array' as const,
            items: { type: 'string' as const, format: 'binary' },
            description: 'One part per file; the name of the part does not matter',
          },
        },
        required: ['files'],
      },
    },
  },
};
