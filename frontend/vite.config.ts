import { resolve } from "node:path";
import { defineConfig } from "vite";

// django-vite reads the manifest and names the entries by these paths.
export default defineConfig({
  base: "/static/built/",
  build: {
    outDir: resolve(import.meta.dirname, "../src/linli/faces/frame/static/built"),
    emptyOutDir: true,
    manifest: "manifest.json",
    // Phones several years old open the public pages.
    target: ["chrome90", "safari14"],
    cssTarget: ["chrome90", "safari14"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: ["src/public.ts", "src/desk.ts", "src/map.ts", "src/desk/admin.css"] },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
  },
});
