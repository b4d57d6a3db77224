import { describe, expect, it } from 'vitest';
import { MalformedError, VerificationError } from '../src/index.ts';
import { kindOf, tampered } from './support/fixtureCheck.ts';
import { all, type Fixture, present } from './support/vectors.ts';

const refusal = (act: () => void): unknown => {
  try {
    act();
    return null;
  } catch (error) {
    return error;
  }
};

const isRefusal = (error: unknown): boolean => error instanceof MalformedError || error instanceof VerificationError;

describe.skipIf(!present)('official vectors', () => {
  const fixtures = all();
  // A blind proof's messages stand in the file beside its folder.
  const complete = (path: string, fixture: Fixture): Fixture => {
    const set = fixtures.find(([other]) => other === `${path.split('/')[0]}/messages.json`)?.[1];
    return Array.isArray(fixture) || Array.isArray(set) || 'messages' in fixture || !('L' in fixture) ? fixture : { ...set, ...fixture };
  };
  const judged = fixtures.map(([path, fixture]) => ({ path, kind: kindOf(fixture), fixture: complete(path, fixture) }));
  const claims = judged.flatMap(({ path, kind, fixture }) => (kind === null ? [] : [{ path, kind, fixture }]));
  const valid = claims.filter(({ fixture }) => fixture['result']?.valid !== false);
  const invalid = claims.filter(({ fixture }) => fixture['result']?.valid === false);

  it('holdsFixturesOfBothSorts', () => {
    expect(valid.length).toBeGreaterThan(0);
    expect(invalid.length).toBeGreaterThan(0);
  });

  it.each(valid)('$path holds', ({ kind, fixture }) => kind.verify(fixture));

  it.each(valid)('$path comes out the same', ({ kind, fixture }) => {
    for (const [actual, expected] of kind.reproduce(fixture)) expect(actual).toEqual(expected);
  });

  it.each(invalid)('$path is refused', ({ kind, fixture }) => {
    expect(refusal(() => kind.verify(fixture))).toSatisfy(isRefusal);
  });

  it.each(valid.filter(({ kind }) => kind.sealed.length > 0))('$path is refused after any change', ({ kind, fixture }) => {
    const changes = tampered(fixture, kind);
    expect(changes.length).toBeGreaterThan(1);
    for (const [change, copy] of changes) expect(refusal(() => kind.verify(copy)), change).toSatisfy(isRefusal);
  });
});
