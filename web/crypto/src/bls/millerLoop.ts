import {
  add, conjugate, type Element, type Pair, reduced, scaled, square, squared, subtract, times, timesLine, turned,
} from './tower.ts';

/** The lines of the Miller loop for one point of G2, by steps: the half of a pairing that does not depend on G1. */
export type LooseLines = readonly (readonly Line[])[];
/** The line through (x, y) of G1 is o0 + o1 x v + o4 y v w. */
type Line = readonly [o0: Pair, o1: Pair, o4: Pair];

/** A point of the curve, x = X / Z and y = Y / Z. */
interface Point {
  readonly X: Pair;
  readonly Y: Pair;
  readonly Z: Pair;
}

/** The size of the curve's parameter x, which is negative: its set bits from the second on. */
const STEPS = /* @__PURE__ */ Array.from(0xd201000000010000n.toString(2).slice(1), (bit) => bit === '1');
const ONE: Pair = { c0: 1n, c1: 0n };
const ZERO: Pair = { c0: 0n, c1: 0n };

/** The lines of (x, y), a point of the curve: the library's but for factors in Fp2, which the final exponentiation takes to one. */
export function looseLinesOf(x: Pair, y: Pair): LooseLines {
  let point: Point = { X: x, Y: y, Z: ONE };
  return STEPS.map((isSet) => {
    const tangent = doubled(point);
    point = tangent.point;
    if (!isSet) return [tangent.line];
    const chord = added(point, x, y);
    point = chord.point;
    return [tangent.line, chord.line];
  });
}

/** Doubling and its line (eprint 2010/526, section 4). The coordinates are four times theirs: no halves. */
function doubled({ X, Y, Z }: Point): { readonly point: Point; readonly line: Line } {
  const yy = reduced(square(Y));
  const bzz = scaled(reduced(turned(square(Z))), 12n); // 3 b Z^2, b = 4 (1 + i)
  const b3zz = scaled(bzz, 3n);
  const yz = reduced(times(scaled(Y, 2n), Z));
  return {
    point: {
      X: reduced(times(subtract(yy, b3zz), reduced(times(scaled(X, 2n), Y)))),
      Y: reduced(subtract(square(add(yy, b3zz)), scaled(square(bzz), 12n))),
      Z: reduced(times(scaled(yy, 4n), yz)),
    },
    line: [subtract(bzz, yy), reduced(scaled(square(X), 3n)), scaled(yz, -1n)],
  };
}

/** Adding (x, y) and its line (eprint 2010/526, section 4). */
function added({ X, Y, Z }: Point, x: Pair, y: Pair): { readonly point: Point; readonly line: Line } {
  const t = reduced(subtract(Y, times(y, Z)));
  const u = reduced(subtract(X, times(x, Z)));
  const uu = reduced(square(u));
  const uuu = reduced(times(uu, u));
  const uuX = reduced(times(uu, X));
  const sum = reduced(add(subtract(uuu, scaled(uuX, 2n)), times(reduced(square(t)), Z)));
  return {
    point: {
      X: reduced(times(u, sum)),
      Y: reduced(subtract(times(subtract(uuX, sum), t), times(uuu, Y))),
      Z: reduced(times(Z, uuu)),
    },
    line: [reduced(subtract(times(t, x), times(u, y))), scaled(t, -1n), u],
  };
}

/** The Miller loop for one point of G1 and the lines of one of G2. */
export function millerLoop(x: bigint, y: bigint, lines: LooseLines): Element {
  let f: Element = { c0: { c0: ONE, c1: ZERO, c2: ZERO }, c1: { c0: ZERO, c1: ZERO, c2: ZERO } };
  lines.forEach((step, i) => {
    if (i > 0) f = squared(f);
    for (const [o0, o1, o4] of step) f = timesLine(f, o0, reduced(scaled(o1, x)), reduced(scaled(o4, y)));
  });
  return conjugate(f); // the curve's parameter is negative
}
