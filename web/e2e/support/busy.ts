import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import type { Program } from './program.ts';

const JAR = new URL('../../../app/target/safeconduct.jar', import.meta.url).pathname;
const SOURCE = new URL('WriteLock.java', import.meta.url).pathname;
/** More than an office lets in at once. */
const CROWD = 1_700;

/** A real office that cannot write, and more people before it than it lets in: whoever comes now is given a place. */
export class Busy {
  readonly #lock: ChildProcess;
  readonly #agent = new Agent({ maxSockets: CROWD });

  private constructor(lock: ChildProcess) {
    this.#lock = lock;
  }

  static async make(program: Program): Promise<Busy> {
    const home = process.env['JAVA_HOME'];
    const java = home === undefined ? 'java' : join(home, 'bin', 'java');
    const lock = spawn(java, ['--enable-native-access=ALL-UNNAMED', '-cp', JAR, SOURCE, program.database], { stdio: ['pipe', 'pipe', 'inherit'] });
    const busy = new Busy(lock);
    await Promise.race([once(lock.stdout!, 'data'), once(lock, 'exit').then(() => { throw new Error('the office cannot be locked'); })]);
    await new Promise<void>((resolve) => {
      for (let i = 0; i < CROWD; i++) busy.#somebody(program.address, (status) => { if (status === 503) resolve(); });
    });
    return busy;
  }

  /** Somebody with a code that is none. What becomes of it does not matter after the lock is gone. */
  #somebody(address: string, answered: (status: number) => void): void {
    const form = new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:pre-authorized_code', 'pre-authorized_code': '0'.repeat(26), wallet_hash: '0'.repeat(64),
    });
    const asking = request(`${address}/token`, { method: 'POST', agent: this.#agent, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    asking.on('response', (answer) => {
      answered(answer.statusCode ?? 0);
      answer.resume();
    });
    asking.on('error', () => undefined);
    asking.end(form.toString());
  }

  /** The crowd is served. */
  async end(): Promise<void> {
    const gone = once(this.#lock, 'exit');
    this.#lock.stdin!.end();
    await gone;
  }

  close(): void {
    this.#lock.kill();
    this.#agent.destroy();
  }
}
