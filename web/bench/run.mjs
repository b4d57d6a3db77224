// Runs one of this workspace's commands: node run.mjs crypto --json. Node 20 does not read TypeScript by itself; Vite does.
import { runnerImport } from 'vite';

const [name, ...args] = process.argv.slice(2);
const { module } = await runnerImport(new URL(`./src/${name}.ts`, import.meta.url).pathname, {
  configFile: false,
  root: import.meta.dirname ?? new URL('.', import.meta.url).pathname,
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
});
await module.main(args);
