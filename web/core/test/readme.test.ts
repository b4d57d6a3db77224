import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { utf8 } from '../src/wire/bytes.ts';
import { cityOffice, NOW } from './support/office.ts';
import { tour } from './support/tour.ts';

it('theExampleOfTheReadmeIsWhatIsCompiledAndRun', async () => {
  const [, example] = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8').split('```ts\n');
  const compiled = readFileSync(join(import.meta.dirname, 'support/tour.ts'), 'utf8');
  expect(compiled.replace('../../src/index.ts', '@safeconduct/core')).toBe(example!.split('```')[0]);

  const { office, scheme, epoch } = cityOffice();
  const ask = async (request: any) => ({ credentials: [{ credential: office.issue(request, ['K', '02-29', 'resident']).toJson() }] });
  expect(await tour(utf8(office.note()), [...office.lines], scheme, epoch, NOW, ask)).toMatchObject({ verdict: 'ACCEPTED' });
});
