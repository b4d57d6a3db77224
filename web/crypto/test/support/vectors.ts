import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

/** The folder with the official vectors: SAFECONDUCT_VECTORS, or `../shared/vectors` from the project's root. */
export const folder = process.env['SAFECONDUCT_VECTORS'] ?? resolve(import.meta.dirname, '../../../../../shared/vectors');

/** Whether there are vectors at all; says so loudly if not. */
export const present = existsSync(folder);
if (!present) console.warn(`\n*** NO OFFICIAL VECTORS IN ${folder}: THE VECTOR TESTS ARE SKIPPED ***\n`);

/** A fixture as it stands in its file. */
export type Fixture = { readonly [field: string]: any };

/** Every JSON file of the folder by its path in it. */
export function all(): [string, Fixture][] {
  if (!present) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => [relative(folder, path), JSON.parse(readFileSync(path, 'utf8'))]);
}

export const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

export const unhex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex');
