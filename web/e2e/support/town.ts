import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { bundles, DoorSetup, type DoorSetupFields, formatTime, type KnownRegister, type Leaf, Offer, type PassRequest, type SchemeLine, type Texts } from '@safeconduct/core';
import { citySchemeLine, Office } from '../../core/test/support/office.ts';
import { headersOf } from './headers.ts';
import { Health, RETENTION_DAYS } from './health.ts';

const DAY = 86_400;
const WEB = new URL('../..', import.meta.url).pathname;
const clock = (): number => Math.floor(Date.now() / 1000);

/** One text in the languages of this office. */
const said = (en: string, de: string, ar: string, ru: string) => ({ ar, de, en, ru });

/** The health authority and its regions. */
const HEALTH: Readonly<Record<string, Texts>> = {
  Health: said('Health office', 'Gesundheitsamt', 'الهيئة الصحية', 'Отдел здоровья'),
  North: said('North bank', 'Nordufer', 'الضفة الشمالية', 'Северный берег'),
  South: said('South bank', 'Südufer', 'الضفة الجنوبية', 'Южный берег'),
};

/** What paired doors of this town share. */
export const PAIRED = new Uint8Array(32).fill(7);

export const VALUES = ['K', '02-29', 'resident'] as const;

/**
 * A town with the apps at its door: an office as core's tests know it, behind HTTP, with every request written down. It
 * issues without bookkeeping; what a real office does is tested against the Java program.
 */
export class Town {
  readonly office: Office;
  readonly scheme: Leaf;
  readonly asker: Leaf;
  readonly health: Health;
  readonly requests: string[] = [];
  readonly cosigned = clock();
  /** Set to make the office answer nothing but this, and to come again after so many seconds. */
  trouble: { status: number; error: string; seconds: number } | null = null;
  /** Sixteen digits: the apps are then another version than before, as their service workers see it. */
  release: string | null = null;
  #known: KnownRegister | undefined;
  readonly #server: Server;
  readonly #offers = new Map<string, string | null>();

  private constructor(change: Partial<SchemeLine>, retention: number) {
    this.office = new Office(`town ${Math.random()}`, {
      languages: ['en', 'ar', 'de', 'ru'], origin: 'town.example.org/register', contact: 'Town hall, room 12, +372 600 1234',
      names: said('Town of Riverbend', 'Stadt Flussbogen', 'مدينة منعطف النهر', 'Город Излучина'),
    });
    this.scheme = this.office.publish(citySchemeLine({
      names: said('Town centre pass', 'Innenstadtpass', 'تصريح وسط المدينة', 'Пропуск в центр'),
      purpose: said('Driving into the town centre while the bridge is being rebuilt.', 'Einfahrt in die Innenstadt, solange die Brücke gebaut wird.',
        'الدخول إلى وسط المدينة أثناء إعادة بناء الجسر.', 'Въезд в центр на время ремонта моста.'),
      legal_basis: said('Traffic order 12 of 2026', 'Verkehrsanordnung 12/2026', 'أمر المرور رقم 12 لسنة 2026', 'Постановление 12 от 2026 года'),
      attributes: [
        { id: 'letter', names: said('First letter of the name', 'Erster Buchstabe des Namens', 'أول حرف من الاسم', 'Первая буква имени'), identity: true, special: false, domain: { kind: 'letter' } },
        { id: 'birthday', names: said('Birthday', 'Geburtstag', 'يوم الميلاد', 'День рождения'), identity: true, special: false, domain: { kind: 'day-month' } },
        { id: 'status', names: said('Kind of access', 'Art des Zugangs', 'نوع الدخول', 'Вид доступа'), identity: false, special: false, domain: { kind: 'list', values: ['resident', 'delivery'] } },
      ],
      scopes: [
        { id: 'entry', names: said('One entry', 'Eine Einfahrt', 'دخول واحد', 'Один въезд') },
        { id: 'parking', names: said('Parking', 'Parken', 'موقف سيارات', 'Парковка') },
      ],
      sunset: formatTime(clock() + 120 * DAY),
      ...change,
    }));
    this.asker = this.office.publish({
      type: 'asker', attributes: [0, 1], doors: ['Bridge gate', 'Market gate'], names: said('Town guard', 'Stadtwache', 'حرس المدينة', 'Городская стража'),
      key: Buffer.from(this.office.askerKey.publicKey.toBytes()).toString('hex'), scheme: this.scheme,
      scopes: change.scopes?.length === 1 ? [0] : [0, 1], until: formatTime(clock() + 100 * DAY),
    });
    const start = clock() - clock() % 3600 - 6 * 3600;
    for (const number of [1, 2, 3]) {
      this.office.publishEpoch(this.scheme, number, { from: formatTime(start + (number - 1) * DAY), until: formatTime(start + number * DAY) });
    }
    this.health = new Health(this.office, (text) => HEALTH[text]!, retention);
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  /** @param retention in days, of its health authority */
  static async open(change: Partial<SchemeLine> = {}, retention = RETENTION_DAYS): Promise<Town> {
    const town = new Town(change, retention);
    await new Promise<void>((resolve) => town.#server.listen(0, '127.0.0.1', resolve));
    return town;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** A loopback name, because only a secure context has a camera and a service worker. */
  get address(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What a device knows of this office's register by now; read anew only when it says something else. */
  get known(): KnownRegister {
    const size = this.office.lines.length;
    if (this.#known?.register.size !== size) this.#known = this.office.known(clock(), this.cosigned);
    return this.#known;
  }

  offer(digits: string | null = null): string {
    const offer = Offer.of(randomBytes(16), this.known.register.officeLeaf);
    this.#offers.set(offer.code, digits);
    return offer.toText();
  }

  setup(change: Partial<DoorSetupFields> = {}): string {
    return DoorSetup.of({
      office: this.known.register.officeLeaf, address: this.address, mode: 'default',
      ask: { scheme: this.scheme, attributes: [2], scope: null }, takesPaper: true, asker: null, door: null, seed: null, pairingSecret: null,
      ...change,
    }).toText();
  }

  /** A door that asks a signed question of its own, with a stamp and one identity attribute. */
  signedSetup(change: Partial<DoorSetupFields> = {}): string {
    return this.setup({
      mode: 'fresh', ask: { scheme: this.scheme, attributes: [0, 2], scope: 0 }, asker: this.asker, door: 0,
      seed: this.office.askerKey.seed(), pairingSecret: PAIRED, ...change,
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://town').pathname;
    this.requests.push(`${request.method} ${path}`);
    if (/^\/(wallet|checker|venue)\//.test(path)) return this.#file(path, response);
    const open = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'retry-after', 'access-control-allow-headers': 'authorization, content-type', 'x-content-type-options': 'nosniff' };
    if (request.method === 'OPTIONS') return void response.writeHead(204, open).end();
    if (this.trouble !== null && request.method === 'POST') {
      return void response.writeHead(this.trouble.status, { ...open, 'retry-after': String(this.trouble.seconds) }).end(JSON.stringify({ error: this.trouble.error }));
    }
    const found = await this.#office(path, request);
    if (found === null) return void response.writeHead(404, open).end();
    if (typeof found === 'string') return void response.writeHead(400, open).end(JSON.stringify({ error: found }));
    response.writeHead(200, open).end(found);
  }

  async #file(path: string, response: ServerResponse): Promise<void> {
    const [, app, ...rest] = path.split('/');
    const file = rest.join('/') || 'index.html';
    let octets: Buffer | null = await readFile(join(WEB, app!, 'dist', file)).catch(() => null);
    if (file === 'sw.js' && this.release !== null) octets = Buffer.from(octets!.toString().replace(/"[0-9a-f]{16}"/, `"${this.release}"`));
    if (octets === null || file.includes('..')) return void response.writeHead(404).end();
    response.writeHead(200, headersOf(`/${file}`)).end(octets);
  }

  /** @returns the body, the code of a refusal, or null where there is nothing */
  async #office(path: string, request: IncomingMessage): Promise<Uint8Array | string | null> {
    const files = bundles(this.office.lines);
    if (path === '/register/checkpoint') return Buffer.from(this.office.note(this.cosigned));
    if (path.startsWith('/register/index/')) return files.index;
    if (path.startsWith('/register/bundle/')) return files.bundles.get(path.slice('/register/bundle/'.length)) ?? null;
    const body = await text(request);
    if (path === '/authority/upload') return this.health.upload(body);
    if (path.startsWith('/warnings/')) return this.health.file(path);
    if (path === '/token') return this.#token(new URLSearchParams(body));
    return path === '/credential' ? this.#credential(JSON.parse(body)) : null;
  }

  #token(form: URLSearchParams): Uint8Array | string {
    const code = form.get('pre-authorized_code') ?? '';
    const digits = this.#offers.get(code);
    if (digits === undefined || (digits !== null && digits !== form.get('tx_code'))) return 'invalid_grant';
    this.#offers.set(code, null);
    return json({ access_token: 'token', token_type: 'Bearer', expires_in: 600, credential_configuration_id: 'city' });
  }

  #credential({ proofs }: { proofs: { bbs_commitment: PassRequest[] } }): Uint8Array {
    return json({ credentials: proofs.bbs_commitment.map((asked) => ({ credential: this.office.issue(asked, VALUES).toJson() })) });
  }
}

const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

async function text(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
