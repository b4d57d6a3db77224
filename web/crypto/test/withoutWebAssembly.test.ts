import { afterEach, expect, it, vi } from 'vitest';
import { seededRandom } from './support/mockRandom.ts';

const there = Object.getOwnPropertyDescriptor(globalThis, 'WebAssembly')!;

afterEach(() => {
  Object.defineProperty(globalThis, 'WebAssembly', there);
  vi.resetModules();
});

it('sealsAndOpensTheSameWhereThereIsNoWebAssembly', async () => {
  vi.resetModules();
  const { IbeCiphertext } = await import('../src/index.ts');
  const { IbeSecretKey } = await import('../src/ibe/extracting.ts');
  const { fastLinesOf, parseG2 } = await import('../src/bls/pairing.ts');
  Reflect.deleteProperty(globalThis, 'WebAssembly');
  const random = seededRandom('without');
  const [identity, message] = [random(32), random(32)];
  const secret = IbeSecretKey.random(random);
  expect(fastLinesOf(parseG2(secret.publicKey.toBytes()))).not.toBeInstanceOf(Uint8Array);
  const sealed = secret.publicKey.encrypt(identity, message, random);
  expect(IbeCiphertext.parse(sealed.toBytes()).decrypt(secret.extract(identity), identity)).toEqual(message);
  expect(sealed.decrypt(secret.extract(random(32)), identity)).toBeNull();
});
