import { cpus, loadavg } from 'node:os';

/** One measurement. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The bar, or null for a row that only explains others. */
  readonly bound: number | null;
  /** The bar is the least, not the most. */
  readonly least?: boolean;
}

/** The middle of some numbers. */
export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5);

/** The number below which this part of them lies. */
export function quantile(numbers: readonly number[], part: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** How a row stands to its bar: at most 1 where the bar is met. */
export function ratio({ value, bound, least = false }: Row): number | null {
  if (bound === null) return null;
  return least ? bound / value : value / bound;
}

/** Prints rows for people, or for `--json` one object a line. */
export function print(rows: readonly Row[], json: boolean): void {
  const head = `load ${loadavg()[0]!.toFixed(1)} on ${cpus().length} cores`;
  console.log((json ? rows.map(jsonOf) : [head, ...rows.map(lineOf)]).join('\n'));
}

function jsonOf(row: Row): string {
  const { name, value, unit, bound } = row;
  const stands = ratio(row);
  return JSON.stringify({ name, value: round(value), unit, bound, ratio: stands === null ? null : round(stands) });
}

function lineOf(row: Row): string {
  const { name, value, unit, bound, least = false } = row;
  const bar = bound === null ? '' : `${least ? 'at least' : 'at most'} ${bound}${ratio(row)! <= 1 ? '' : '  NOT MET'}`;
  return `${name.padEnd(42)} ${value.toFixed(2).padStart(8)}  ${unit.padEnd(6)} ${bar}`.trimEnd();
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
