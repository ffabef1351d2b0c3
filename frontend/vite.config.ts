import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build, defineConfig, type Plugin } from "vite";

const built = resolve(import.meta.dirname, "../src/linli/faces/frame/static/built");
// Phones several years old open the public pages.
const target = ["chrome90", "safari14"];

/** The phone's service worker is one file by itself: old browsers load no modules there. */
function phoneWorker(): Plugin {
  const buildWorker = () =>
    build({
      configFile: false,
      publicDir: false,
      logLevel: "warn",
      define: { "process.env.NODE_ENV": '"production"' },
      build: {
        outDir: resolve(built, "field"),
        emptyOutDir: true,
        target,
        reportCompressedSize: false,
        lib: {
          entry: resolve(import.meta.dirname, "src/field/worker.ts"),
          formats: ["iife"],
          name: "linliWorker",
          fileName: () => "worker.js",
        },
      },
    });
  return { name: "linli-phone-worker", apply: "build", closeBundle: async () => void (await buildWorker()) };
}

/** WhiteNoise sends what lies beside a file in compressed form, where a browser takes that. */
function compressed(): Plugin {
  return {
    name: "linli-compressed",
    apply: "build",
    closeBundle() {
      const folder = resolve(built, "assets");
      for (const name of readdirSync(folder).filter((one) => /\.(m?js|css)$/.test(one))) {
        const path = resolve(folder, name);
        writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
      }
    },
  };
}

// django-vite reads the manifest and names the entries by these paths.
export default defineConfig({
  base: "/static/built/",
  plugins: [phoneWorker(), compressed()],
  build: {
    outDir: built,
    emptyOutDir: true,
    manifest: "manifest.json",
    target,
    cssTarget: target,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: [
        "src/public.ts",
        "src/desk.ts",
        "src/map.ts",
        "src/desk/admin.css",
        "src/field/index.ts",
      ],
    },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
  },
});
