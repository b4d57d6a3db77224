/** The part of the wallet that checks in and reads warnings. It is loaded when the wallet knows a health authority. */
export { default as Screens } from './Screens.svelte';
export { default as Start } from './Start.svelte';
export { default as Warned } from './Warned.svelte';
export { checkins, start, worker } from './part.svelte.ts';
