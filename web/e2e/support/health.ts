import { Buffer } from 'node:buffer';
import {
  type Hour, hourOf, type Notice, openBatch, systemRandom, type Texts, TracingSheet, Upload, type VenueHour, type Warning,
} from '@safeconduct/core';
import type { Office } from '../../core/test/support/office.ts';
import { CAFE, Town } from '../../core/test/support/town.ts';
import { fromHex, hex } from '../../core/src/wire/bytes.ts';
import { sha256 } from '../../core/src/wire/hash.ts';

/** Days of an authority: as few as there can be, because every wallet of a test makes the slots of all of them. */
export const RETENTION_DAYS = 1;

const clock = (): number => Math.floor(Date.now() / 1000);

/** A health authority as core's tests know it, behind HTTP: it takes uploads and publishes warnings. */
export class Health {
  readonly #town: Town;
  readonly #files: Uint8Array[] = [];
  #previous = '0'.repeat(64);
  /** Hours that venues uploaded, verified. */
  readonly hours: VenueHour[] = [];
  /** By how many seconds the index is older than it should be. */
  heldBack = 0;
  /** Whatever was uploaded, as it came. */
  readonly bodies: string[] = [];
  /** The token that is good for one upload. */
  token: string | null = null;

  /**
   * @param names what the authority and its regions, `Health`, `North` and `South`, are called
   * @param retention in days
   */
  constructor(office: Office, names: (text: string) => Texts, retention: number) {
    this.#town = new Town(`health ${Math.random()}`, office, names, retention);
  }

  /**
   * A venue whose owner is not part of the story.
   * @returns the code on its wall, and what answers the authority for an hour
   */
  venue(name: string, change: Partial<typeof CAFE> = {}): { readonly code: string; answer(hour: Hour): void } {
    const sheet = TracingSheet.create(systemRandom).with({ ...CAFE, name, ...change }, this.#town.authority.leaf, systemRandom);
    const [poster] = sheet.posters;
    return { code: poster!.toText(), answer: (hour) => this.hours.push(sheet.part(poster!, hour)) };
  }

  /** @returns the body of the answer, or the code of a refusal */
  upload(body: string): Uint8Array | string {
    this.bodies.push(body);
    if (body.includes('"posters":[]')) return Buffer.from('{}');
    const { token, hours } = Upload.parse(Buffer.from(body.trimEnd()));
    if (token.toText() !== this.token) return 'invalid_upload_token';
    for (const { venue, hour, part } of hours) venue.key.verifyPart(part, venue.identity(hour));
    this.token = null;
    this.hours.push(...hours);
    return Buffer.from('{}');
  }

  /**
   * Warns the hours uploaded so far, in one batch of region 0.
   * @param others hours of places that are no part of the story
   */
  publish(notice: Notice, others: readonly Hour[] = []): void {
    const now = hourOf(clock());
    const warned = [...this.#town.warnings(this.hours, notice), ...others.map((hour) => this.#town.dummy(hour))];
    const warnings: readonly Warning[] = this.#town.padded(warned, now - 1);
    const joined = Buffer.concat(warnings.map((warning) => warning.toBytes()));
    const fields = [1, fromHex(this.#town.authority.leaf, 32), 0, this.#files.length, fromHex(this.#previous, 32), Math.min(now - 48, ...others), now + 48, new Uint8Array(joined)];
    const file = this.#town.sign('batch', fields);
    this.#previous = openBatch(file, this.#town.signing.publicKey).hash;
    this.#files.push(file);
    this.hours.length = 0;
  }

  file(path: string): Uint8Array | null {
    if (path === '/warnings/index') return this.#town.index(clock() - this.heldBack, this.#files);
    return this.#files.find((file) => path === `/warnings/batch/${hex(sha256(file))}`) ?? null;
  }
}
