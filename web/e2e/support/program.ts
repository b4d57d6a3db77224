import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const LAUNCHER = new URL('../../../safeconduct', import.meta.url).pathname;
const EXAMPLES = new URL('../../../examples/schemes/', import.meta.url).pathname;

/**
 * The Java program as an office: its commands, and its server on a free port. The launcher builds the jar where it is
 * missing; SAFECONDUCT names another command.
 */
export class Program {
  readonly folder: string;
  readonly #command: string;
  #server: ChildProcess | undefined;
  address = '';

  private constructor(folder: string, command: string) {
    this.folder = folder;
    this.#command = command;
  }

  /** An office in a folder of its own. */
  static async open(): Promise<Program> {
    const program = new Program(await mkdtemp(join(tmpdir(), 'office-')), process.env['SAFECONDUCT'] ?? LAUNCHER);
    await program.do('office', 'init', '--origin', 'example.org/passes', '--name', 'en=Town of Example', '--name', 'de=Stadt Beispiel',
      '--name', 'fr=Ville d’Exemple', '--name', 'es=Ciudad Ejemplo', '--name', 'tr=Örnek Kenti', '--name', 'ru=Город Пример',
      '--name', 'uk=Місто Приклад', '--name', 'ar=مدينة المثال', '--contact', 'passes@example.org');
    return program;
  }

  /** The file in which the office keeps what it issued. */
  get database(): string {
    return join(this.folder, 'data', 'office.db');
  }

  /** Runs a command to its end. */
  async do(...words: string[]): Promise<string> {
    const { stdout } = await run(this.#command, words, { cwd: this.folder, env: this.#environment() });
    return stdout;
  }

  /** The same, for a command that asks: this is typed. */
  async answer(typed: string, ...words: string[]): Promise<string> {
    const running = run(this.#command, words, { cwd: this.folder, env: this.#environment() });
    running.child.stdin!.end(`${typed}\n`);
    return (await running).stdout;
  }

  async publish(scheme: string): Promise<void> {
    await this.do('scheme', 'publish', join(EXAMPLES, `${scheme}.json`));
  }

  /** Enrols people and returns the table of their offers. */
  async enrol(scheme: string, table: string): Promise<string> {
    await writeFile(join(this.folder, 'people.csv'), table);
    await this.do('enrol', '--scheme', scheme, '--offers', 'offers.csv', 'people.csv');
    return readFile(join(this.folder, 'offers.csv'), 'utf8');
  }

  /** Serves until {@link close}; ready when it answers. */
  async serve(): Promise<void> {
    const server = spawn(this.#command, ['serve', '--port', '0'], { cwd: this.folder, env: this.#environment(), stdio: ['ignore', 'pipe', 'pipe'] });
    this.#server = server;
    this.address = await new Promise((resolve, reject) => {
      let said = '';
      const listen = (octets: Buffer): void => {
        said += octets.toString();
        const found = /http:\/\/(?:127\.0\.0\.1|localhost):(\d+)/.exec(said);
        if (found !== null) resolve(`http://localhost:${found[1]}`);
      };
      server.stdout.on('data', listen);
      server.stderr.on('data', listen);
      server.once('exit', () => reject(new Error(said)));
    });
  }

  async close(): Promise<void> {
    if (this.#server !== undefined) {
      const gone = new Promise((resolve) => this.#server?.once('exit', resolve));
      this.#server.kill('SIGTERM');
      await gone;
    }
    await rm(this.folder, { recursive: true });
  }

  #environment(): NodeJS.ProcessEnv {
    // The launcher may build the apps: as they ship, not as the test runner's environment would have them.
    return { ...process.env, NODE_ENV: 'production', SAFECONDUCT_DATA: join(this.folder, 'data'), SAFECONDUCT_WALLET: join(this.folder, 'wallet') };
  }
}
