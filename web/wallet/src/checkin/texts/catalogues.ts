import type { Loaders } from '@safeconduct/ui/language.svelte.ts';

/** One file for each language; only the chosen one is loaded. */
export const catalogues: Loaders = {
  en: () => import('./en.ts'),
  de: () => import('./de.ts'),
  fr: () => import('./fr.ts'),
  es: () => import('./es.ts'),
  tr: () => import('./tr.ts'),
  ru: () => import('./ru.ts'),
  uk: () => import('./uk.ts'),
  ar: () => import('./ar.ts'),
};
