import { Asked, Checker, Checkpoint, KnownRegister, parseGrants, PendingPass, systemRandom, type Verdict } from '../../src/index.ts';

/** From a fetched register to a verdict. `ask` posts the request to the office and returns the JSON it answers. */
export async function tour(
  note: Uint8Array, lines: Uint8Array[], scheme: string, epoch: string, now: number, ask: (request: object) => Promise<unknown>,
): Promise<Verdict> {
  const known = KnownRegister.meet(Checkpoint.parse(note), lines, now);        // the person compares its words
  const pending = PendingPass.make(known, epoch, now, systemRandom);           // store pending.toJson(), then send
  const [grant] = parseGrants(await ask(pending.request), [pending.request]);
  const pass = pending.receive(grant!, known.register);                        // verified; store pass.toJson(), a secret
  const shown = pass.show(Asked.default(known.register, scheme, now), 0, known.register, systemRandom);
  if (shown.kind === 'NOT_SHOWN') throw new Error(shown.reason);
  const checker = new Checker({ known, asking: { kind: 'DEFAULT', schemes: [scheme] }, takesPaper: false });
  return checker.check(shown.showing.toText(), now);                           // in a worker: text in, plain data out
}
