/** The languages every screen speaks, each in its own name. */
export const LANGUAGES = {
  en: 'English', de: 'Deutsch', fr: 'Français', es: 'Español', tr: 'Türkçe', ru: 'Русский', uk: 'Українська', ar: 'العربية',
} as const;
export type Tag = keyof typeof LANGUAGES;
export const TAGS = Object.keys(LANGUAGES) as Tag[];
