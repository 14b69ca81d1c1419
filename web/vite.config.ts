import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { precompressAssets } from './precompress-assets.ts';

const apiAddress = 'http://127.0.0.1:4600';

export default defineConfig({
  plugins: [react(), tailwindcss(), precompressAssets()],
  build: {
    outDir: 'dist',
    target: 'es2023',
    // The content security policy allows no inline script, so the preload polyfill must stay out.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // What every visit needs and what rarely changes is one file: smaller, and kept by browsers.
        codeSplitting: {
          groups: [
            {
              name: 'foundation',
              test: /node_modules\/(react|react-dom|scheduler|use-sync-external-store|@tanstack\/(react-query|query-core|react-router|router-core|history|store|react-store))\//,
            },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/v1': { target: apiAddress, changeOrigin: true },
      '/docs': { target: apiAddress, changeOrigin: true },
    },
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
