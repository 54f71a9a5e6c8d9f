// Bundles GraphiQL with its editor's workers, so that the console needs no network. A production install
// (`npm ci --omit=dev`) has no bundler and no console.
import { fileURLToPath } from "node:url";
import { rm } from "node:fs/promises";

const here = fileURLToPath(new URL(".", import.meta.url));
const bundler = await import("esbuild").catch(() => undefined);

if (bundler) {
  await rm(`${here}dist`, { recursive: true, force: true });
  await bundler.build({
    absWorkingDir: here,
    entryPoints: {
      console: "main.jsx",
      "editor.worker": "monaco-editor/esm/vs/editor/editor.worker.js",
      "json.worker": "monaco-editor/esm/vs/language/json/json.worker.js",
      "graphql.worker": "monaco-graphql/esm/graphql.worker.js",
    },
    outdir: "dist",
    bundle: true,
    minify: true,
    format: "iife",
    jsx: "automatic",
    loader: { ".ttf": "file", ".woff2": "file" },
    define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
    logLevel: "warning",
  });
}
