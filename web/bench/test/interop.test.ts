import { expect, test } from 'vitest';
import { interop } from '../src/interop.ts';

const PASSES = 25;

test('what one language issues, shows and checks, the other does alike', async () => {
  expect(await interop(PASSES, Math.floor(Math.random() * 2 ** 31))).toEqual({ toJava: PASSES, toTypeScript: PASSES, spoilt: 2 * PASSES });
});
