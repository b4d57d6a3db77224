import { PendingPass, seconds } from '@safeconduct/core';
import { openStore } from '@safeconduct/ui/store.ts';
import { expect, test } from 'vitest';
import { NOW } from '../../core/test/support/office.ts';
import { city } from '../../core/test/support/world.ts';
import { KINDS, Keeping } from '../src/engine/keeping.ts';
import { Offices } from '../src/engine/offices.ts';

test('a pass whose time is over is erased with its secrets, also one that was asked for and never came', async () => {
  const { known, epoch, scheme, pass, random } = city();
  const leaf = known.register.officeLeaf;
  const keeping = new Keeping(await openStore('erasing', KINDS));
  await keeping.putOffice({ leaf, address: 'https://office.example.org', known });
  const holding = { office: leaf, scheme, person: '', code: 'C', secret: '00', due: 0, lost: [] };
  await keeping.putHolding({ ...holding, id: 'came' });
  await keeping.putHolding({ ...holding, id: 'lost' });
  await keeping.putPass('came', pass);
  await keeping.putPending('lost', PendingPass.make(known, epoch, NOW, random));

  const offices = new Offices(keeping);
  const until = seconds(known.register.epoch(epoch)!.until);
  await offices.eraseOver(NOW + 7_000 * 86_400);
  expect([(await keeping.passes('came')).length, (await keeping.pending('lost')).length], 'by a clock far ahead nothing').toEqual([1, 1]);
  await offices.eraseOver(until - 1);
  expect([(await keeping.passes('came')).length, (await keeping.pending('lost')).length]).toEqual([1, 1]);
  await offices.eraseOver(until);
  expect([(await keeping.passes('came')).length, (await keeping.pending('lost')).length]).toEqual([0, 0]);
});
