import { readdirSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

const tests = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'));

/** Puts each test and what it tests into one plain file, which Node's own runner then runs. */
export default defineConfig({
  plugins: [svelte()],
  build: {
    ssr: true,
    outDir: 'node_modules/.tests',
    emptyOutDir: true,
    rolldownOptions: {
      input: tests.map((file) => `src/${file}`),
      output: { entryFileNames: '[name].js' },
    },
  },
  ssr: { noExternal: true },
});
