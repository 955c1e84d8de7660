import { readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** The workspace's version, from the one place where it stands. */
function workspaceVersion(): string {
  const manifest = readFileSync(new URL('../Cargo.toml', import.meta.url), 'utf8');
  const found = /^\[workspace\.package\]\nversion = "([^"]+)"/m.exec(manifest);
  if (!found) throw new Error('Cargo.toml: [workspace.package] does not begin with a version');
  return found[1];
}

export default defineConfig({
  plugins: [svelte()],
  define: { AKKOORD_VERSION: JSON.stringify(workspaceVersion()) },
  build: {
    // The oldest web views that show the page: WebKitGTK 2.42, macOS 13, current WebView2.
    target: ['safari16.4', 'chrome111'],
    // The page may load files of its own only: nothing is inlined as a data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The page comes from the same disk: one file is read faster than many.
    chunkSizeWarningLimit: 1000,
  },
  server: { fs: { allow: ['..'] } },
});
