import { normal, type Uniform } from './random.ts';

/**
 * A simulated camera: what it sees of a code on somebody's phone. Nothing here knows how codes are read. All ranges are
 * drawn evenly; they were set down before anything was measured.
 */

/** What the camera gives, or the middle of it. The focal length is in pixels too. */
export interface Frame { readonly width: number; readonly height: number; readonly focal: number }

/** A horizontal view of 65 degrees. */
const WHOLE: Frame = { width: 1280, height: 720, focal: 1005 };
/** White around the code, then the phone's dark edge, in modules. */
const QUIET = 4;
const PAGE = 9;
const EDGE = 12;
const SAMPLES = 3;

/** Conditions of one picture. Degrees, camera pixels, and steps of 255. */
export interface Conditions {
  /** The side of a square as large as the code is in the picture, without its white margin. */
  readonly width: number;
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  /** Out of focus: standard deviation of a Gauss curve. */
  readonly blur: number;
  /** Length and direction of what a hand moves while the shutter is open. */
  readonly motion: number;
  readonly direction: number;
  readonly noise: number;
  readonly black: number;
  readonly white: number;
  /** How much darker or brighter one side is than the middle. */
  readonly shade: number;
  /** Reflected light on the glass: how much, how wide relative to the code, and where on it; in every third picture. */
  readonly glare: number;
  readonly spot: number;
  readonly spotX: number;
  readonly spotY: number;
  /** Where the code stands off the middle. */
  readonly x: number;
  readonly y: number;
}

export function conditions(uniform: Uniform): Conditions {
  const between = (least: number, most: number): number => least + (most - least) * uniform();
  return {
    width: Math.floor(between(280, 481)), yaw: between(-20, 20), pitch: between(-20, 20), roll: between(-30, 30),
    blur: between(0.4, 1), motion: between(0, 2), direction: between(0, Math.PI), noise: between(2, 10),
    black: between(15, 60), white: between(150, 245), shade: between(-0.25, 0.25),
    glare: uniform() < 1 / 3 ? between(40, 160) : 0, spot: between(0.1, 0.35), spotX: between(0, 1), spotY: between(0, 1),
    x: between(-150, 150), y: between(-40, 40),
  };
}

/** Light between 0 and 255 for every pixel, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly light: Float32Array;
}

/** @param code the modules of a code without margin, true where dark */
export function photograph(code: readonly (readonly boolean[])[], seen: Conditions, uniform: Uniform, frame: Frame = WHOLE): Picture {
  const { width, height } = frame;
  const light = background(frame, uniform);
  const plane = planeOf(code.length, seen, frame);
  const box = plane.box;
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) light[y * width + x] = pixel(code, plane, seen, x, y, light[y * width + x]!);
  }
  smear(light, width, box, seen);
  soften(light, width, box, seen.blur);
  illuminate(light, width, plane, seen);
  const gauss = normal(uniform);
  for (let i = 0; i < light.length; i++) light[i] = Math.max(0, Math.min(255, Math.round(light[i]! + seen.noise * gauss())));
  return { width, height, light };
}

/** A grey room with a few things in it. */
function background({ width, height }: Frame, uniform: Uniform): Float32Array {
  const light = new Float32Array(width * height).fill(70 + 60 * uniform());
  for (let thing = 0; thing < 12; thing++) {
    const [left, top, wide, high, grey] = [uniform() * width, uniform() * height, 20 + uniform() * 300, 20 + uniform() * 300, 20 + uniform() * 200];
    for (let y = Math.floor(top); y < Math.min(height, top + high); y++) {
      light.fill(grey, y * width + Math.floor(left), y * width + Math.min(width, Math.floor(left + wide)));
    }
  }
  return light;
}

/** Where a ray through the picture meets the code's plane, in modules, and the part of the picture that the phone fills. */
interface Plane {
  readonly at: (x: number, y: number) => readonly [number, number];
  readonly box: Box;
}

interface Box { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

function planeOf(modules: number, seen: Conditions, { width, height, focal }: Frame): Plane {
  const [across, down] = axes(seen);
  const normalOf = cross(across, down);
  const place = (distance: number): Vector => [(seen.x / focal) * distance, (seen.y / focal) * distance, distance];
  const project = (middle: Vector, u: number, v: number): readonly [number, number] => {
    const [x, y, z] = [0, 1, 2].map((i) => middle[i]! + (u - modules / 2) * across[i]! + (v - modules / 2) * down[i]!) as unknown as Vector;
    return [width / 2 + (focal * x) / z, height / 2 + (focal * y) / z];
  };
  const corners = (middle: Vector, out: number) =>
    [[-out, -out], [modules + out, -out], [modules + out, modules + out], [-out, modules + out]].map(([u, v]) => project(middle, u!, v!));
  let distance = (focal * modules) / seen.width;
  for (let i = 0; i < 20; i++) distance *= Math.sqrt(area(corners(place(distance), 0))) / seen.width;
  const middle = place(distance);
  const edge = corners(middle, EDGE);
  const reach = Math.ceil(4 * seen.blur + seen.motion) + 1;
  const clamp = (value: number, most: number): number => Math.max(reach, Math.min(most - reach, Math.round(value)));
  const box = {
    left: clamp(Math.min(...edge.map(([x]) => x)) - reach, width), right: clamp(Math.max(...edge.map(([x]) => x)) + reach, width),
    top: clamp(Math.min(...edge.map(([, y]) => y)) - reach, height), bottom: clamp(Math.max(...edge.map(([, y]) => y)) + reach, height),
  };
  const offset = dot(middle, normalOf);
  const at = (x: number, y: number): readonly [number, number] => {
    const ray: Vector = [(x - width / 2) / focal, (y - height / 2) / focal, 1];
    const far = offset / dot(ray, normalOf);
    const met: Vector = [ray[0] * far - middle[0], ray[1] * far - middle[1], far - middle[2]];
    return [dot(met, across) + modules / 2, dot(met, down) + modules / 2];
  };
  return { at, box };
}

type Vector = readonly [number, number, number];

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vector, b: Vector): Vector => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];

/** The directions of the code's rows and columns in space. */
function axes({ yaw, pitch, roll }: Conditions): readonly [Vector, Vector] {
  const [a, b, c] = [yaw, pitch, roll].map((degrees) => (degrees * Math.PI) / 180) as unknown as Vector;
  const turn = ([x, y, z]: Vector): Vector => {
    const [x1, y1] = [x * Math.cos(c) - y * Math.sin(c), x * Math.sin(c) + y * Math.cos(c)];
    const [y2, z2] = [y1 * Math.cos(b) - z * Math.sin(b), y1 * Math.sin(b) + z * Math.cos(b)];
    return [x1 * Math.cos(a) + z2 * Math.sin(a), y2, z2 * Math.cos(a) - x1 * Math.sin(a)];
  };
  return [turn([1, 0, 0]), turn([0, 1, 0])];
}

function area(corners: readonly (readonly [number, number])[]): number {
  return Math.abs(corners.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = corners[(i + 1) % corners.length]!;
    return sum + x * nextY - nextX * y;
  }, 0)) / 2;
}

/** The mean of some samples in a pixel: a sensor counts all light that falls on it. */
function pixel(code: readonly (readonly boolean[])[], plane: Plane, seen: Conditions, x: number, y: number, behind: number): number {
  let sum = 0;
  for (let i = 0; i < SAMPLES; i++) {
    for (let j = 0; j < SAMPLES; j++) {
      const [u, v] = plane.at(x + (i + 0.5) / SAMPLES, y + (j + 0.5) / SAMPLES);
      sum += surface(code, seen, u, v, behind);
    }
  }
  return sum / (SAMPLES * SAMPLES);
}

function surface(code: readonly (readonly boolean[])[], { black, white }: Conditions, u: number, v: number, behind: number): number {
  const out = Math.max(-u, -v, u - code.length, v - code.length);
  if (out > EDGE) return behind;
  if (out > PAGE) return black;
  if (out >= 0) return out > QUIET + 1 ? white * 0.94 : white;
  return code[Math.floor(v)]![Math.floor(u)] ? black : white;
}

/** What moves while the shutter is open lies over itself. */
function smear(light: Float32Array, width: number, box: Box, { motion, direction }: Conditions): void {
  const taps = 5;
  const before = light.slice();
  const steps = Array.from({ length: taps }, (_, i) => {
    const along = motion * (i / (taps - 1) - 0.5);
    return [along * Math.cos(direction), along * Math.sin(direction)] as const;
  });
  each(box, (x, y) => {
    light[y * width + x] = steps.reduce((sum, [dx, dy]) => sum + between(before, width, x + dx, y + dy), 0) / taps;
  });
}

function between(light: Float32Array, width: number, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, low] = [x - left, y - top];
  const i = top * width + left;
  return (light[i]! * (1 - right) + light[i + 1]! * right) * (1 - low) + (light[i + width]! * (1 - right) + light[i + width + 1]! * right) * low;
}

/** A lens out of focus, as a Gauss curve along rows and then along columns. */
function soften(light: Float32Array, width: number, box: Box, deviation: number): void {
  const reach = Math.ceil(3 * deviation);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * deviation ** 2)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (const step of [1, width]) {
    const before = light.slice();
    each(box, (x, y) => {
      let sum = 0;
      for (let i = -reach; i <= reach; i++) sum += before[y * width + x + i * step]! * weights[i + reach]!;
      light[y * width + x] = sum / total;
    });
  }
}

/** A light that is stronger on one side, and its reflection on the glass. */
function illuminate(light: Float32Array, width: number, plane: Plane, seen: Conditions): void {
  const { box } = plane;
  const [wide, high] = [box.right - box.left, box.bottom - box.top];
  const [spotX, spotY] = [box.left + wide * (0.2 + 0.6 * seen.spotX), box.top + high * (0.2 + 0.6 * seen.spotY)];
  const spread = 2 * (seen.spot * seen.width) ** 2;
  each(box, (x, y) => {
    const shade = 1 + seen.shade * (2 * (x - box.left) / wide - 1);
    const glare = seen.glare * Math.exp(-((x - spotX) ** 2 + (y - spotY) ** 2) / spread);
    light[y * width + x] = light[y * width + x]! * shade + glare;
  });
}

function each(box: Box, act: (x: number, y: number) => void): void {
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) act(x, y);
  }
}
