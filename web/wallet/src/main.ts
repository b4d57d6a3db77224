import '@safeconduct/ui/tokens.css';
import { refuseFrames } from '@safeconduct/ui/frames.ts';
import { keepLanguage } from '@safeconduct/ui/kept.ts';
import { language } from '@safeconduct/ui/language.svelte.ts';
import { keepForOffline } from '@safeconduct/ui/trusted.ts';
import { mount } from 'svelte';
import App from './App.svelte';
import { app } from './app.svelte.ts';
import { fetchNowAndThen, takeTurns } from './ahead.ts';
import { catalogues } from './texts/catalogues.ts';

refuseFrames();
await language.start(catalogues);
mount(App, { target: document.body });
await app.load();
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void app.load();
});
fetchNowAndThen();
takeTurns();
if (import.meta.env.PROD) await keepForOffline('./sw.js');
// It may have been chosen before there was a service worker.
void keepLanguage(language.tag);
