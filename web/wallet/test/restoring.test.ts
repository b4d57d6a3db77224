import { KnownRegister } from '@safeconduct/core';
import { openStore } from '@safeconduct/ui/store.ts';
import { expect, test } from 'vitest';
import { at, cityOffice, NOW } from '../../core/test/support/office.ts';
import { city } from '../../core/test/support/world.ts';
import { type KeptOffice, KINDS, Keeping } from '../src/engine/keeping.ts';
import { Offices } from '../src/engine/offices.ts';
import { walletView } from '../src/engine/walletView.ts';

const DAY = 86_400;
const phone = async (name: string): Promise<Keeping> => new Keeping(await openStore(name, KINDS));
const kept = (known: KnownRegister): KeptOffice => ({ leaf: known.register.officeLeaf, address: 'https://office.example.org', known });
const holding = (office: KeptOffice, scheme: string) =>
  ({ id: 'one', office: office.leaf, scheme, person: '', code: 'C', secret: '00', due: 0, lost: [] });

/** A phone with a pass of an epoch that the office published after the other phone met it. */
async function newerPhone() {
  const { office, scheme, receive } = city();
  const before = kept(office.known());
  const later = office.publishEpoch(scheme, 4, { from: at(NOW + 3 * DAY), until: at(NOW + 4 * DAY) });
  const known = office.known();
  const old = await phone('old');
  await old.putOffice(kept(known));
  await old.putHolding(holding(before, scheme));
  await old.putPass('one', receive(known, later));
  return { before, later, everything: await old.everything() };
}

test('a backup brings the register along that its passes need', async () => {
  const { before, later, everything } = await newerPhone();
  const fresh = await phone('fresh');
  await fresh.putOffice(before);
  expect(await fresh.take(everything, NOW)).toBe(1);
  await new Offices(fresh).eraseOver(NOW);
  expect((await walletView(fresh)).passes.map(({ id }) => id)).toEqual(['one']);
  expect((await fresh.passes('one')).map(({ epoch }) => epoch)).toEqual([later]);
});

test('a backup whose office showed another register is evidence, and its passes do not stop the wallet', async () => {
  const { everything } = await newerPhone();
  const { office } = cityOffice({ daily_cap: 7 });
  const fresh = await phone('other');
  await fresh.putOffice(kept(office.known()));
  expect(await fresh.take(everything, NOW)).toBe(0);
  await new Offices(fresh).eraseOver(NOW);
  const view = await walletView(fresh);
  expect(view.offices.map(({ split }) => split)).toEqual([true]);
  expect(view.passes).toEqual([]);
});
