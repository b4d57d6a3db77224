import { addOffice, codeOn, type Phone } from './browser.ts';

/** Meets an office in the wallet, without a pass; ends on the first screen with the way to check in. */
export async function knowOffice(phone: Phone, apps: string, office: string): Promise<void> {
  await phone.page.goto(`${apps}/wallet/`);
  await phone.wallet('addPass').click();
  await addOffice(phone, office);
  await phone.page.goBack();
  await phone.wallet('checkins').waitFor();
}

/** Makes a venue with one poster and returns the code that hangs on its wall. */
export async function makePoster(venue: Phone, apps: string, office: string, name: string): Promise<string> {
  await venue.page.goto(`${apps}/venue/`);
  await venue.venue('make').click();
  await venue.field('venue', 'address').fill(office);
  await venue.venue('meet').click();
  await venue.venue('wordsMatch').click();
  await venue.field('venue', 'name').fill(name);
  await venue.field('venue', 'place').fill('Hauptstraße 1');
  await venue.venue('makeAction').click();
  await venue.venue('poster').first().click();
  const code = await codeOn(venue, 'Poster');
  await venue.venue('back').click();
  return code;
}

/** The venue answers the authority about the running hour. */
export async function uploadHour(venue: Phone, token: string, name: string): Promise<void> {
  const hour = await venue.page.evaluate(() => {
    const now = new Date();
    return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  });
  await venue.venue('upload').click();
  await venue.field('venue', 'token').fill(token);
  await venue.page.getByLabel(name).check();
  await venue.field('venue', 'from').fill(hour);
  await venue.field('venue', 'until').fill(hour);
  await venue.page.getByRole('button', { name: 'Send the key of 1 hour' }).click();
  await venue.page.getByText('The key of 1 hour was sent.').waitFor();
  await venue.venue('close').click();
}

/** Gives a poster's code to the wallet and waits until the place is named. */
export async function readPoster(phone: Phone, code: string): Promise<void> {
  await phone.wallet('checkIn').click();
  await phone.field('wallet', 'posterLabel').fill(code);
  await phone.wallet('posterRead').click();
  await phone.wallet('checkInNow').waitFor();
}

export async function checkIn(phone: Phone, code: string): Promise<void> {
  await readPoster(phone, code);
  await phone.wallet('checkInNow').click();
  await phone.page.getByRole('heading', { name: phone.say('wallet', 'checkedIn'), exact: true }).waitFor();
  await phone.wallet('close').click();
  await phone.wallet('checkins').waitFor();
}

/** Chooses all regions of the only authority; ends on the first screen. */
export async function followAll(phone: Phone): Promise<void> {
  await phone.wallet('checkins').click();
  await phone.page.getByRole('checkbox').first().waitFor();
  for (const box of await phone.page.getByRole('checkbox').all()) await box.check();
  await phone.page.goBack();
  await phone.wallet('checkIn').waitFor();
}

/** Looks for warnings and returns what the screen then says. */
export async function look(phone: Phone): Promise<string> {
  if (await phone.wallet('checkins').isVisible()) await phone.wallet('checkins').click();
  await phone.wallet('look').click();
  await phone.page.getByRole('progressbar').waitFor({ state: 'detached', timeout: 60_000 });
  await phone.wallet('look').waitFor({ timeout: 60_000 });
  return (await phone.page.getByRole('main').innerText()).replace(/[\u2068\u2069]/g, '');
}

/** Everything that the wallet's databases hold, as the browser hands it out. */
export async function stored(phone: Phone): Promise<Record<string, unknown[]>> {
  return phone.page.evaluate(async () => {
    const answered = <T>(request: IDBRequest<T>) => new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const found: Record<string, unknown[]> = {};
    for (const { name } of await indexedDB.databases()) {
      const database = await answered(indexedDB.open(name!));
      for (const kind of database.objectStoreNames) {
        const values: unknown[] = await answered(database.transaction(kind).objectStore(kind).getAll());
        found[`${name}/${kind}`] = values.map((value) => (value instanceof Uint8Array ? Array.from(value) : value));
      }
      database.close();
    }
    return found;
  });
}

/** The slots of a wallet as they are stored. */
export async function slotsOf(phone: Phone): Promise<number[]> {
  const [slots] = (await stored(phone))['safeconduct-visits/slots'] as (number[] | undefined)[];
  if (slots === undefined) throw new Error('This wallet has no slots.');
  return slots;
}
