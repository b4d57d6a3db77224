import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The program that people get. */
export const JAR = new URL('../../../app/target/safeconduct.jar', import.meta.url).pathname;
const SOURCE = new URL('../interop/Peer.java', import.meta.url).pathname;

/** The Java to run the built program with. */
export function java(): string {
  if (!existsSync(JAR)) throw new Error('This runs on the built program: run ./safeconduct --version once, which builds it.');
  const home = process.env['JAVA_HOME'];
  return home === undefined ? 'java' : join(home, 'bin', 'java');
}

/** The Java program behind a line protocol: one question, one answer. It runs on the jar that people get. */
export class Peer {
  readonly #process: ChildProcess;
  readonly #answers: AsyncIterator<string>;
  #said = '';

  private constructor() {
    this.#process = spawn(java(), ['--enable-native-access=ALL-UNNAMED', '-Dfile.encoding=UTF-8', '-cp', JAR, SOURCE]);
    this.#process.stderr!.on('data', (said: Buffer) => { this.#said += said.toString(); });
    this.#process.on('error', (error) => { this.#said += error.message; });
    this.#answers = createInterface({ input: this.#process.stdout! })[Symbol.asyncIterator]();
  }

  static open(): Peer {
    return new Peer();
  }

  async ask(question: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
    this.#process.stdin!.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await this.#answers.next() as IteratorResult<string, undefined>;
    if (done === true || value === undefined) throw new Error(`the Java half ended (a JDK 25 is needed, by JAVA_HOME or on the path): ${this.#said}`);
    return JSON.parse(value) as Record<string, unknown>;
  }

  close(): void {
    this.#process.stdin!.end();
  }
}
