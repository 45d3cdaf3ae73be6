// Bundles live.ts or playback.ts with the product's player into one script. Run in web/, which has the tools:
// node --input-type=module - ENTRY DIRECTORY < build.mjs
import { build } from 'vite'

const [entry, outDir] = process.argv.slice(2)
await build({
  configFile: false,
  logLevel: 'error',
  resolve: { alias: { '@': `${process.cwd()}/src` } },
  build: {
    outDir,
    emptyOutDir: false,
    lib: { entry, formats: ['iife'], name: 'benchmark', fileName: () => 'player.js' },
  },
})
