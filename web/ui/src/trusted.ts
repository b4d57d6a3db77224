/**
 * The only place where a script's address is made. Trusted Types are enforced by the page's policy; this policy lets
 * through the addresses of files of this build on this origin, and nothing that came from outside.
 */
interface ScriptPolicy { createScriptURL(url: string): string }
interface PolicyFactory { createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptPolicy }

const rules = {
  createScriptURL(url: string): string {
    const address = new URL(url, document.baseURI);
    const room = new URL('.', document.baseURI);
    if (address.origin !== room.origin || !address.pathname.startsWith(room.pathname) || !address.pathname.endsWith('.js')) {
      throw new TypeError('not a script of this build');
    }
    return address.href;
  },
};

const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
const policy: ScriptPolicy = factory?.createPolicy('safeconduct', rules) ?? rules;

/** Starts a worker of this build; `url` comes from an import with `?worker&url`. */
export function startWorker(url: string): Worker {
  return new Worker(policy.createScriptURL(url), { type: 'module' });
}

/** Registers the service worker once; later starts leave it alone, so that starting the app asks the network nothing. */
export async function keepForOffline(url: string): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const room = new URL('.', document.baseURI).href;
  if (await navigator.serviceWorker.getRegistration(room)) return;
  await navigator.serviceWorker.register(policy.createScriptURL(url), { scope: room, updateViaCache: 'all' });
}
