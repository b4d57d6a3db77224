// Runs one of this workspace's commands: node run.mjs crypto --json. Node 20 does not read TypeScript by itself; Vite does.
import { runnerImport } from 'vite';

const [name, ...args] = process.argv.slice(2);
const { module } = await runnerImport(new URL(`./src/${name}.ts`, import.meta.url).pathname, {
  configFile: false,
  root: new URL('.', import.meta.url).pathname,
  environments: { inline: { resolve: { conditions: ['source', 'node', 'import', 'default'], noExternal: [/^@safeconduct\//] } } },
});
await module.main(args);
