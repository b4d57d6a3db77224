import {
  hourOf, KnownRegister, type Leaf, MalformedError, MOST_UPLOAD_HOURS, type Poster, systemRandom, TracingSheet, Upload, UploadToken,
  VerificationError,
} from '@safeconduct/core';
import { jsonOf } from '@safeconduct/ui/answer.ts';
import { Failure, type Progress } from '@safeconduct/ui/call.ts';
import { lock, unlock } from '@safeconduct/ui/locked.ts';
import { addressOf, ask, meet } from '@safeconduct/ui/office.ts';
import type { Store } from '@safeconduct/ui/store.ts';
import type { AuthorityView, OfficeView, VenueView } from './views.ts';

const TOO_MANY_REQUESTS = 429;
const MOST_PROBLEM_OCTETS = 65_536;
const KIND = 'venue';
const SHEET = 'sheet';
const OFFICE = 'office';
const LOCKED = 'tracing-sheet';

interface KeptOffice { readonly address: string; readonly known: KnownRegister }

/** Keeps a venue's key, its posters and its office in this browser, and uses them. The key leaves it only as a sheet. */
export class Keeper {
  readonly #store: Store;
  #sheet: TracingSheet | null;
  #office: KeptOffice | null;
  #met: KeptOffice | null = null;

  private constructor(store: Store, sheet: TracingSheet | null, office: KeptOffice | null) {
    this.#store = store;
    this.#sheet = sheet;
    this.#office = office;
  }

  static async open(store: Store): Promise<Keeper> {
    const sheet = await store.get(KIND, SHEET) as string | undefined;
    const office = await store.get(KIND, OFFICE) as { address: string; known: unknown } | undefined;
    return new Keeper(
      store, sheet === undefined ? null : TracingSheet.parse(sheet),
      office === undefined ? null : { address: office.address, known: KnownRegister.fromJson(office.known) },
    );
  }

  view(): VenueView | null {
    const sheet = this.#sheet;
    if (sheet === null) return null;
    const office = this.#office === null ? null : officeView(this.#office);
    return {
      posters: sheet.posters.map((code) => ({
        ...code.poster, code: code.toText(), authority: office?.authorities.find(({ leaf }) => leaf === code.authority) ?? null,
      })),
      office, kept: this.#store.kept, address: this.#office?.address.replace(/^https?:\/\//, '') ?? '',
    };
  }

  async meet(address: string, progress: Progress): Promise<OfficeView> {
    const found = addressOf(address);
    this.#met = { address: found, known: await meet(found, Math.floor(Date.now() / 1000), progress) };
    return officeView(this.#met);
  }

  async confirm(): Promise<VenueView | null> {
    if (this.#met === null) throw new Failure('internal');
    const { address, known } = this.#met;
    await this.#store.put(KIND, OFFICE, { address, known: known.toJson() });
    this.#office = this.#met;
    this.#met = null;
    return this.view();
  }

  async make(authority: Leaf, posters: readonly Poster[], progress: Progress): Promise<VenueView> {
    let sheet = this.#sheet ?? TracingSheet.create(systemRandom);
    try {
      posters.forEach((poster, i) => {
        sheet = sheet.with(poster, authority, systemRandom);
        progress(i + 1, posters.length);
      });
    } catch (error) {
      throw error instanceof MalformedError ? new Failure('poster') : error;
    }
    return this.#keep(sheet);
  }

  async #keep(sheet: TracingSheet): Promise<VenueView> {
    await this.#store.put(KIND, SHEET, sheet.toText());
    this.#sheet = sheet;
    return this.view()!;
  }

  #own(): TracingSheet {
    if (this.#sheet === null) throw new Failure('internal');
    return this.#sheet;
  }

  sheet(): string {
    return this.#own().toText();
  }

  async open(text: string): Promise<VenueView> {
    try {
      return await this.#keep(TracingSheet.parse(text));
    } catch (error) {
      throw error instanceof MalformedError || error instanceof VerificationError ? new Failure('sheet') : error;
    }
  }

  lock(passphrase: string, progress: Progress): Promise<Uint8Array> {
    return lock(LOCKED, new TextEncoder().encode(this.sheet()), passphrase, progress);
  }

  async unlock(file: Uint8Array, passphrase: string, progress: Progress): Promise<VenueView> {
    return this.open(new TextDecoder().decode(await unlock(LOCKED, file, passphrase, progress)));
  }

  slips(poster: number, from: number, count: number): readonly string[] {
    const sheet = this.#own();
    return Array.from({ length: count }, (_, i) => sheet.slip(sheet.posters[poster]!, hourOf(from) + i));
  }

  async upload(token: string, posters: readonly number[], from: number, until: number, progress: Progress): Promise<number> {
    const sheet = this.#own();
    if (this.#office === null) throw new Failure('internal');
    const hours = Array.from({ length: hourOf(until) - hourOf(from) + 1 }, (_, i) => hourOf(from) + i);
    const all = hours.length * posters.length;
    if (all === 0 || hours.length > MOST_UPLOAD_HOURS) throw new Failure('hours');
    const parts = posters.flatMap((poster, i) => hours.map((hour, j) => {
      progress(i * hours.length + j, all);
      return sheet.part(sheet.posters[poster]!, hour);
    }));
    const answer = await this.#send(Upload.of(readToken(token), parts).toBody(sheet.posters));
    if (answer.status >= 500 || answer.status === TOO_MANY_REQUESTS) throw new Failure('offline');
    if (!answer.ok) throw new Failure(await errorOf(answer) === 'invalid_upload_token' ? 'usedToken' : 'upload');
    return all;
  }

  /** Sends what looks on the line like an answer to the authority (presence.md 5.2), if there is a venue that could answer. */
  async dummy(): Promise<void> {
    if (this.#sheet !== null && this.#office !== null) await this.#send(Upload.dummyBody(this.#sheet.posters, systemRandom));
  }

  #send(body: string): Promise<Response> {
    return ask(this.#office!.address, '/authority/upload', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  }

  async remove(): Promise<void> {
    await this.#store.clear();
    this.#sheet = null;
    this.#office = null;
  }
}

/** The code of a problem document, or nothing. */
async function errorOf(answer: Response): Promise<unknown> {
  try {
    return (await jsonOf(answer, MOST_PROBLEM_OCTETS) as { readonly error?: unknown }).error;
  } catch {
    return null;
  }
}

function readToken(text: string): UploadToken {
  try {
    return UploadToken.typed(text);
  } catch (error) {
    throw error instanceof MalformedError ? new Failure('token') : error;
  }
}

function officeView({ known: { register } }: KeptOffice): OfficeView {
  const authorities = register.leavesOf('authority').map((leaf): AuthorityView => {
    const line = register.authority(leaf)!;
    return { leaf, names: line.names, regions: line.regions.map(({ names }) => names) };
  });
  return { names: register.office.names, language: register.office.languages[0]!, officeWords: register.officeWords, authorities };
}
