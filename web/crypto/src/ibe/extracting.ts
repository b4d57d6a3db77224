/**
 * The key owner's half of identity-based encryption: `@safeconduct/crypto/extracting`. A venue makes its key in its own
 * browser; an authority's key is used by the Java library alone.
 * @packageDocumentation
 */
export { IbeSecretKey } from './ibeSecretKey.ts';
