/*
 * Keeps the app's files, so that it starts without a network. Everything is fetched once, at installation; afterwards a
 * file of the app is never asked of the network again. A new version waits until the last window of the old one closes, or
 * until somebody wants it now; windows of the old version that are still open then keep their files.
 */
const PREFIX = 'NAME';
const CACHE = PREFIX + 'VERSION';
const FILES = ['FILES'];

self.addEventListener('install', (event) => event.waitUntil(keep()));
self.addEventListener('activate', (event) => event.waitUntil(tidy()));
self.addEventListener('message', told);
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  const room = new URL('./', self.location.href);
  if (event.request.method !== 'GET' || url.origin !== room.origin || !url.pathname.startsWith(room.pathname)) return;
  const file = url.pathname.slice(room.pathname.length);
  if (event.request.mode === 'navigate') event.respondWith(kept('index.html', event.request));
  else if (FILES.includes(file) || file.startsWith('assets/')) event.respondWith(kept(file, event.request));
});

/**
 * What a page wants to find again when it is loaded again: held in memory alone, and no longer than it says. The browser
 * changes versions only when nothing is held any more, so who goes hands it on.
 */
let held = null;
let letGo = () => undefined;

function told(event) {
  if (event.data === 'now') self.skipWaiting();
  else if (event.data === 'held') event.ports[0].postMessage(held?.hold ?? null);
  else if (event.data === 'go') {
    if (held !== null) self.registration.waiting?.postMessage(held);
    letGo();
  } else {
    letGo();
    held = event.data;
    event.waitUntil(new Promise((resolve) => {
      letGo = resolve;
      setTimeout(resolve, held.milliseconds);
    }));
  }
}

async function keep() {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES.map((file) => new Request(file, { cache: 'no-store', credentials: 'omit' })));
}

/** Keeps the version before this one, for windows in which it still runs. */
async function tidy() {
  const before = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  for (const name of before.slice(0, -1)) await caches.delete(name);
  await self.clients.claim();
}

async function kept(file, request) {
  const cache = await caches.open(CACHE);
  const address = new URL(file, self.location.href).href;
  return await cache.match(address) ?? await caches.match(address) ?? fetch(request);
}
