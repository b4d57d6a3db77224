// Runs one of this workspace's commands: node run.mjs crypto --json. Node 20 does not read TypeScript by itself; Vite does.
import { createServer, createServerModuleRunner } from 'vite';

const [name, ...args] = process.argv.slice(2);
const vite = await createServer({
  configFile: false,
  root: new URL('.', import.meta.url).pathname,
  appType: 'custom',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
  ssr: { resolve: { conditions: ['source', 'node', 'module', 'import', 'default'] } },
});
try {
  const runner = createServerModuleRunner(vite.environments.ssr, { hmr: false });
  const { main } = await runner.import(new URL(`./src/${name}.ts`, import.meta.url).pathname);
  await main(args);
} finally {
  await vite.close();
}
