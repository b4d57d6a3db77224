import { Failure } from './call.ts';
import { language } from './language.svelte.ts';

/** The sentence for a failure; a code without one is our own fault. */
export function sayFailure(error: unknown): string {
  const failure = error instanceof Failure ? error : new Failure('internal');
  const key = `failure.${failure.code}`;
  return language.say(language.knows(key) ? key : 'failure.internal', failure.values);
}
