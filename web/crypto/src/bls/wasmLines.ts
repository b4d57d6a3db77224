import { at, type Body, type Functions, plus, type Ref } from './wasm.ts';
import { PAIR, type Scratch, three, TRIPLE, WIDE, WIDE_TRIPLE } from './wasmTower.ts';

/** Bytes of the three coefficients of a line: through (x, y) of G1 it is o0 + o1 x v + o4 y v w. */
export const LINE = 3 * PAIR;

/** Where points stand. */
export interface Points {
  /** Coordinates of the point of G1. */
  readonly x: number;
  readonly y: number;
  /** The multiple of the point of G2 that the loop has come to: X, Y and Z one after the other, x = X / Z and y = Y / Z. */
  readonly multiple: number;
  /** The point of G2: x and y. */
  readonly point: number;
}

/** Adds the steps of the Miller loop to the functions of the field. */
export function lines(functions: Functions, scratch: Scratch, { x, y, multiple, point }: Points): void {
  timesLine(functions, scratch, at(x), at(y));
  tangent(functions, scratch, at(multiple));
  chord(functions, scratch, at(multiple), at(point));
}

function onPairs(body: Body) {
  const two = (name: string) => (o: Ref, a: Ref): void => void body.call(name, o, a);
  const three = (name: string) => (o: Ref, a: Ref, b: Ref): void => void body.call(name, o, a, b);
  return {
    add: three('add'), subtract: three('subtract'), times: three('times'), square: two('square'), turn: two('turn'),
    carried: two('carriedPair'), multiple: (o: Ref, a: Ref, factor: number): void => void body.call('multiple', o, a, at(factor)),
  };
}

/** f (o0 + o1 x v + o4 y v w), a line of the Miller loop at (x, y). */
function timesLine(functions: Functions, scratch: Scratch, x: Ref, y: Ref): void {
  const [o1, o4, sum] = [scratch.take(PAIR), scratch.take(PAIR), scratch.take(PAIR)];
  const s = scratch.take(TRIPLE);
  const [t0, t1, both] = [scratch.take(WIDE_TRIPLE), scratch.take(WIDE_TRIPLE), scratch.take(WIDE_TRIPLE)];
  functions.add('timesLine', 2, (body, f, l) => {
    const [first, second, fourth] = three(l!);
    const high = plus(f!, TRIPLE);
    body.call('scaled', o1, second, x).call('scaled', o4, fourth, y);
    body.call('sparse', t0, f!, first, o1);
    // t1 = v high o4
    const [h0, h1, h2] = three(high);
    const [w0, w1, w2] = three(t1, WIDE);
    body.call('wideProduct', w0, h2, o4).call('turnWide', w0, w0).call('wideProduct', w1, h0, o4).call('wideProduct', w2, h1, o4);
    body.call('addTriple', s, f!, high).call('add', sum, o1, o4).call('sparse', both, s, first, sum);
    body.call('subtractWideTriple', both, both, t0).call('subtractWideTriple', both, both, t1).call('reduceTriple', high, both);
    body.call('addWideTimesV', t0, t0, t1).call('reduceTriple', f!, t0);
  });
}

/** Doubling and its line (eprint 2010/526, section 4). The coordinates are four times theirs: no halves. */
function tangent(functions: Functions, scratch: Scratch, point: Ref): void {
  const [yy, bzz, b3zz, yz, xy, a, b] = Array.from({ length: 7 }, () => scratch.take(PAIR)) as [Ref, Ref, Ref, Ref, Ref, Ref, Ref];
  functions.add('tangent', 1, (body, l) => {
    const [X, Y, Z] = three(point);
    const [first, second, fourth] = three(l!);
    const { add, subtract, times, square, turn, carried, multiple } = onPairs(body);
    square(yy, Y);
    square(bzz, Z);
    turn(bzz, bzz);
    multiple(bzz, bzz, 12);
    carried(bzz, bzz); // 3 b Z^2, b = 4 (1 + i)
    multiple(b3zz, bzz, 3);
    carried(b3zz, b3zz);
    add(a, Y, Y);
    times(yz, a, Z);
    add(a, X, X);
    times(xy, a, Y);
    square(second, X);
    multiple(second, second, 3);
    carried(second, second);
    subtract(first, bzz, yy);
    multiple(fourth, yz, -1);
    subtract(a, yy, b3zz);
    times(X, a, xy);
    add(a, yy, b3zz);
    square(a, a);
    square(b, bzz);
    multiple(b, b, 12);
    subtract(a, a, b);
    carried(Y, a);
    multiple(a, yy, 4);
    times(Z, a, yz);
  });
}

/** Adding (x, y) and its line (eprint 2010/526, section 4). */
function chord(functions: Functions, scratch: Scratch, point: Ref, q: Ref): void {
  const [t, u, uu, uuu, uuX, sum, a, b] = Array.from({ length: 8 }, () => scratch.take(PAIR)) as [Ref, Ref, Ref, Ref, Ref, Ref, Ref, Ref];
  functions.add('chord', 1, (body, l) => {
    const [X, Y, Z] = three(point);
    const [x, y] = three(q);
    const [first, second, fourth] = three(l!);
    const { add, subtract, times, square, carried, multiple } = onPairs(body);
    times(a, y, Z);
    subtract(t, Y, a);
    times(a, x, Z);
    subtract(u, X, a);
    square(uu, u);
    times(uuu, uu, u);
    times(uuX, uu, X);
    square(a, t);
    times(sum, a, Z);
    add(sum, sum, uuu);
    subtract(sum, sum, uuX);
    subtract(sum, sum, uuX);
    carried(sum, sum);
    times(X, u, sum);
    subtract(a, uuX, sum);
    times(a, a, t);
    times(b, uuu, Y);
    subtract(a, a, b);
    carried(Y, a);
    times(Z, Z, uuu);
    times(a, t, x);
    times(b, u, y);
    subtract(first, a, b);
    multiple(second, t, -1);
    multiple(fourth, u, 1);
  });
}
