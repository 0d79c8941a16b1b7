import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `vite dev` and `vite preview` find the api; the built client is served by the api itself. */
const api = process.env['DEV_API'] ?? 'http://127.0.0.1:8080';
const proxy = {
  '/api': { target: api },
  '/socket.io': { target: api, ws: true },
};

export default defineConfig({
  plugins: [react()],
  base: '/',
  // The replay page folds events by the domain's own rules. The domain is pure, so a browser can run it as it is.
  resolve: {
    alias: { '#libs/domain': fileURLToPath(new URL('../../libs/domain/src/index.ts', import.meta.url)) },
  },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: ['chrome111', 'firefox121', 'safari16.4'],
    // A data: URI would need a hole in the content security policy.
    assetsInlineLimit: 0,
  },
  server: { host: '127.0.0.1', proxy },
  preview: { host: '127.0.0.1', proxy },
});
