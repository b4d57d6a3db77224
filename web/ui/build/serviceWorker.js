/*
 * Keeps the app's files, so that it starts without a network. Everything is fetched once, at installation, and a language
 * that somebody chooses later when it is chosen; afterwards a file of the app is never asked of the network again. A new
 * version waits until the last window of the old one closes, or until somebody wants it now; windows of the old version
 * that are still open then keep their files.
 */
const PREFIX = 'NAME';
const CACHE = PREFIX + 'VERSION';
const FILES = ['FILES'];
/** The catalogues that are kept only where somebody wants them, by their languages; none where all are among the files. */
const TEXTS = {'TEXTS': ''};

self.addEventListener('install', (event) => event.waitUntil(keep()));
self.addEventListener('activate', (event) => event.waitUntil(tidy()));
self.addEventListener('message', told);
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  const room = new URL('./', self.location.href);
  if (event.request.method !== 'GET' || url.origin !== room.origin || !url.pathname.startsWith(room.pathname)) return;
  const file = url.pathname.slice(room.pathname.length);
  if (event.request.mode === 'navigate') event.respondWith(kept('index.html'));
  else if (FILES.includes(file) || file.startsWith('assets/')) event.respondWith(kept(file));
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
  } else if ('language' in event.data) {
    event.waitUntil(keepLanguage(event.data.language).then((has) => event.ports[0]?.postMessage(has)));
  } else {
    letGo();
    const mine = held = event.data;
    event.waitUntil(new Promise((resolve) => {
      letGo = resolve;
      setTimeout(() => {
        if (held === mine) held = null;
        resolve();
      }, mine.milliseconds);
    }));
  }
}

async function keep() {
  const cache = await caches.open(CACHE);
  await cache.addAll([...FILES, ...await wanted()].map(asked));
}

/** The catalogues of the browser's language, and of those that an earlier version kept. */
async function wanted() {
  const versions = await Promise.all((await caches.keys()).filter((name) => name.startsWith(PREFIX)).map((name) => caches.open(name)));
  const files = await Promise.all(versions.map((version) => version.keys()));
  const before = files.flat().map(({ url }) => /\/texts-([a-z]{2})-/.exec(url)?.[1]);
  const spoken = self.navigator.languages.map((tag) => tag.toLowerCase().split('-')[0]).find((tag) => tag === 'en' || tag in TEXTS);
  return [...new Set([spoken, ...before])].filter((tag) => tag in TEXTS).map((tag) => TEXTS[tag]);
}

/** Whether a language can be had. It is kept then, if there is room. */
async function keepLanguage(tag) {
  if (!(tag in TEXTS)) return true;
  try {
    const cache = await caches.open(CACHE);
    const address = addressOf(TEXTS[tag]);
    if (await cache.match(address)) return true;
    const answer = await fetch(asked(TEXTS[tag]));
    if (answer.ok) await cache.put(address, answer).catch(() => undefined);
    return answer.ok;
  } catch {
    return false;
  }
}

/** Keeps the version before this one, for windows in which it still runs. */
async function tidy() {
  const before = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  for (const name of before.slice(0, -1)) await caches.delete(name);
  await self.clients.claim();
}

async function kept(file) {
  const cache = await caches.open(CACHE);
  const address = addressOf(file);
  return await cache.match(address) ?? await caches.match(address) ?? fetch(asked(file));
}

const addressOf = (file) => new URL(file, self.location.href).href;

/** Asked past the browser's own cache and without credentials: the same for everybody. */
function asked(file) {
  return new Request(file, { cache: 'no-store', credentials: 'omit' });
}
