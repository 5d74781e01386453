import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { serviceWorker } from './build/service-worker.ts';

const version: string = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')).version;
const server = process.env.POS_ORIGIN ?? 'http://127.0.0.1:28080';

const proxy = { '/api': server, '/ws': { target: server, ws: true } };

export default defineConfig({
  define: { __VERSION__: JSON.stringify(version) },
  plugins: [serviceWorker('src/sw.ts')],
  build: {
    // The last Chrome of Windows 7 and 8.1.
    target: 'chrome109',
    cssTarget: 'chrome109',
    // The CSP allows neither inline scripts nor data: scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      onwarn(warning, warn) {
        // React Router marks its modules for servers that render; here there is none.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
  server: { port: 28085, proxy },
  // What was built, as the gateway serves it but without its headers.
  preview: { port: 28086, proxy },
  test: {
    environment: 'happy-dom',
    include: ['test/**/*.test.{ts,tsx}'],
    setupFiles: ['test/setup.ts'],
    restoreMocks: true,
    unstubGlobals: true,
    // For what hangs: a busy machine takes long for passwords.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
