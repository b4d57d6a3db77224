import { MalformedError } from '@safeconduct/core';
import { Failure } from './call.ts';

/**
 * Reads the octets of an answer, and stops where they are more than it may have: whoever answers could go on for ever.
 * @throws {Failure} `offline` if it breaks off
 * @throws {MalformedError} over `most` octets; what is still to come is not read
 */
export async function octetsOf(answer: Response, most: number): Promise<Uint8Array> {
  const reading = answer.body?.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  while (reading !== undefined) {
    const { done, value } = await reading.read().catch(() => { throw new Failure('offline'); });
    if (done) break;
    parts.push(value);
    length += value.length;
    if (length > most) {
      await reading.cancel().catch(() => undefined);
      throw new MalformedError('longer than it may be');
    }
  }
  const octets = new Uint8Array(length);
  parts.reduce((at, part) => (octets.set(part, at), at + part.length), 0);
  return octets;
}

/**
 * The same for an answer that is a JSON document.
 * @throws {SyntaxError} if it is none
 */
export async function jsonOf(answer: Response, most: number): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await octetsOf(answer, most)));
}
