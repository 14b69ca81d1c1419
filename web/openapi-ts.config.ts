import { defineConfig } from '@hey-api/openapi-ts';

/**
 * `npm run generate -w web` reads the committed openapi.json and rewrites src/api/generated.
 * Only the types: the generated fetch client does not compile under exactOptionalPropertyTypes and
 * would cost every visit 8 kB, for what src/api/http-request.ts does in forty lines.
 */
// oxlint-disable-next-line import/no-default-export -- the generator reads the default export
export default defineConfig({
  input: '../openapi.json',
  output: { path: 'src/api/generated', importFileExtension: '.ts', entryFile: false },
  plugins: ['@hey-api/typescript'],
});
