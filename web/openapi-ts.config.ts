import { defineConfig } from '@hey-api/openapi-ts';

/** `npm run generate -w web` reads the committed openapi.json and rewrites src/api/generated. */
export default defineConfig({
  input: '../openapi.json',
  output: { path: 'src/api/generated', importFileExtension: '.ts' },
  plugins: ['@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk'],
});
