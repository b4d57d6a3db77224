import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { type Plugin, runnerImport, type UserConfig } from 'vite';

/**
 * What every app's page may do (http.md section 9): its own files, the offices it was told of, nothing else. Loopback is
 * there for trying things out; it is the device itself. The reader of camera pictures is a worker with headers of its own.
 */
export const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; worker-src 'self'; manifest-src 'self'; "
  + "connect-src 'self' https: http://localhost:* http://127.0.0.1:*; base-uri 'none'; form-action 'none'; "
  + "require-trusted-types-for 'script'; trusted-types svelte-trusted-html safeconduct";

/** Which languages a device keeps: all, or English and those that somebody wants. */
type Languages = 'all' | 'wanted';

/** How the apps are built: relative addresses, so that they may live anywhere; nothing inlined. */
export function app(name: string, languages: Languages = 'all'): UserConfig {
  return {
    base: './',
    resolve: { conditions: ['source', 'browser', 'module', 'import', 'default'] },
    plugins: [workers(), svelte(), catalogues(), messages(), head(), policy(), serviceWorker(name, languages)],
    worker: { format: 'es' },
    build: {
      target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false,
      rolldownOptions: { output: { chunkFileNames: ({ moduleIds }) => `assets/${moduleIds.some((id) => CATALOGUE.test(id)) ? 'texts-' : ''}[name]-[hash].js` } },
    },
  };
}

/** An app's catalogue. Its file is named by its language, so that service workers of later versions can tell which are kept. */
const CATALOGUE = /\/(?:wallet|checker|venue)\/src\/texts\/[a-z]{2}\.ts$/;

/**
 * Workers are entries of the one build, so that page and workers share their code: built one by one, each would carry the
 * curve again. In development they stay as they are.
 */
function workers(): Plugin {
  const asked = '?worker&url';
  const mark = '\0worker:';
  return {
    name: 'safeconduct-workers',
    apply: 'build',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!source.endsWith(asked)) return null;
      const found = await this.resolve(source.slice(0, -asked.length), importer);
      return found === null ? null : mark + found.id;
    },
    load(id) {
      if (!id.startsWith(mark)) return null;
      const file = id.slice(mark.length);
      const worker = this.emitFile({ type: 'chunk', id: file, name: basename(file, '.ts') });
      return `export default import.meta.ROLLUP_FILE_URL_${worker};`;
    },
  };
}

/**
 * Catalogues without their keys: each but the English one becomes the list of its sentences in the order of the English
 * keys, which would otherwise be carried eight times. In development they stay as they are written.
 */
function catalogues(): Plugin {
  const read = async (file: string): Promise<Record<string, unknown>> =>
    (await runnerImport<{ default: Record<string, unknown> }>(file, { configFile: false, resolve: { conditions: ['source'] } })).module.default;
  return {
    name: 'safeconduct-catalogues',
    apply: 'build',
    async load(id) {
      if (!CATALOGUE.test(id) || id.endsWith('/en.ts')) return null;
      const [english, catalogue] = await Promise.all([read(id.replace(/[a-z]{2}\.ts$/, 'en.ts')), read(id)]);
      const sentences = Object.keys(english).map((key) => catalogue[key]);
      return `import en from './en.ts';\nconst said = ${JSON.stringify(sentences)};\n`
        + 'export default Object.fromEntries(Object.keys(en).map((key, index) => [key, said[index]]));';
    },
  };
}

interface Node { readonly type: string; readonly start: number; readonly end: number; readonly [member: string]: unknown }

/**
 * Leaves out what the libraries' and our own libraries' exceptions say: nobody meets one, because the screens say sentences of
 * their catalogues, and the words are a twentieth of an app. What kind of exception it is, and where it came from, stays.
 */
function messages(): Plugin {
  const libraries = /\/node_modules\/|\/(?:core|crypto)\/src\//;
  return {
    name: 'safeconduct-messages',
    apply: 'build',
    enforce: 'post',
    transform(code, id) {
      if (!libraries.test(id) || !code.includes('throw ')) return null;
      const thrown = nodesOf(this.parse(code)).filter(({ type }) => type === 'ThrowStatement').map(({ argument }) => argument as Node)
        .filter(({ callee }) => /Error$/.test(String((callee as Node | undefined)?.['name'])));
      const said = thrown.filter((node) => (node['arguments'] as Node[]).length > 0).sort((a, b) => b.start - a.start);
      // From the first argument to the bracket behind the last.
      const kept = said.reduce((text, node) => text.slice(0, (node['arguments'] as Node[])[0]!.start) + text.slice(node.end - 1), code);
      return { code: kept, map: null };
    },
  };
}

/** A node of a syntax tree and all below it. */
function nodesOf(tree: unknown): Node[] {
  if (Array.isArray(tree)) return tree.flatMap(nodesOf);
  if (typeof tree !== 'object' || tree === null) return [];
  const below = Object.values(tree).flatMap(nodesOf);
  return 'type' in tree ? [tree as Node, ...below] : below;
}

/** What the heads of all apps have in common; the colours are the grounds of tokens.css. */
function head(): Plugin {
  const tags: readonly (readonly [tag: string, attrs: Record<string, string>])[] = [
    ['meta', { name: 'viewport', content: 'width=device-width, initial-scale=1, viewport-fit=cover' }],
    ['meta', { name: 'referrer', content: 'no-referrer' }],
    ['meta', { name: 'theme-color', content: '#faf8f4', media: '(prefers-color-scheme: light)' }],
    ['meta', { name: 'theme-color', content: '#11161b', media: '(prefers-color-scheme: dark)' }],
    ['link', { rel: 'icon', href: './icon.svg', type: 'image/svg+xml' }],
    ['link', { rel: 'manifest', href: './manifest.webmanifest' }],
  ];
  return { name: 'safeconduct-head', transformIndexHtml: () => tags.map(([tag, attrs]) => ({ tag, attrs, injectTo: 'head' })) };
}

function policy(): Plugin {
  return {
    name: 'safeconduct-policy',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY }, injectTo: 'head-prepend' },
    ],
  };
}

/** Writes `sw.js` with the lists of the build's files; its bytes change exactly when one of them does. */
function serviceWorker(name: string, languages: Languages): Plugin {
  const template = new URL('./serviceWorker.js', import.meta.url);
  /** What is not built but copied: icon and manifest. */
  let folder = '';
  return {
    name: 'safeconduct-service-worker',
    apply: 'build',
    enforce: 'post',
    configResolved: ({ publicDir }) => void (folder = publicDir),
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const still = readdirSync(folder).sort();
        const files = [...Object.keys(bundle).filter((file) => !file.endsWith('.map')), ...still].sort();
        const texts = Object.fromEntries(languages === 'all' ? [] : files.flatMap((file) => {
          const [, tag] = /\/texts-(?!en)([a-z]{2})-/.exec(file) ?? [];
          return tag === undefined ? [] : [[tag, file]];
        }));
        const digest = createHash('sha256');
        for (const file of Object.keys(bundle).sort()) {
          const item = bundle[file]!;
          digest.update(file).update(item.type === 'chunk' ? item.code : item.source);
        }
        for (const file of still) digest.update(file).update(readFileSync(join(folder, file)));
        const source = readFileSync(template, 'utf8')
          .replace("'NAME'", JSON.stringify(`safeconduct-${name}-`))
          .replace("'VERSION'", JSON.stringify(digest.digest('hex').slice(0, 16)))
          .replace("['FILES']", JSON.stringify(files.filter((file) => !Object.values(texts).includes(file))))
          .replace("{'TEXTS': ''}", JSON.stringify(texts));
        this.emitFile({ type: 'asset', fileName: 'sw.js', source });
      },
    },
  };
}
