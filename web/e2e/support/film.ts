import { Buffer } from 'node:buffer';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { encode } from 'uqr';

/**
 * A part of a film: a code held before the camera, or nothing. The fake camera shows 30 frames a second, in a loop. `side`
 * is the code's in pixels with its margin; a code that hangs far away is small. What hangs is printed at level Q.
 */
export interface Scene { readonly text: string | null; readonly frames: number; readonly side?: number; readonly level?: 'L' | 'Q' }

const NEAR = 470;

const SIZE = [1280, 720] as const;
/** What the better cameras of phones give. */
export const FINE = [3840, 2160] as const;

/**
 * Films codes as a hand holds them: never still, a little turned, a little blurred, on a display that is not quite white.
 * @returns the file for Chromium's fake camera
 */
export async function film(browser: Browser, scenes: readonly Scene[], [width, height]: readonly [number, number] = SIZE): Promise<string> {
  const page = await browser.newPage();
  const parts: Buffer[] = [];
  for (const { text, frames, side = NEAR, level = 'L' } of scenes) {
    const rows = text === null ? null : encode(text, { ecc: level, boostEcc: false, border: 4 }).data.map((row) => row.map(Number));
    const pictures = await page.evaluate(draw, { rows, frames: rows === null ? 1 : frames, width, height, middle: side });
    const octets = pictures.map((picture) => Buffer.from(picture, 'base64'));
    parts.push(...Array.from({ length: frames }, (_, frame) => octets[frame % octets.length]!));
  }
  await page.close();
  const file = join(mkdtempSync(join(tmpdir(), 'film-')), 'film.mjpeg');
  writeFileSync(file, Buffer.concat(parts));
  return file;
}

/** Runs in a page: draws the frames of one scene and gives them back as JPEG. */
async function draw({ rows, frames, width, height, middle }:
  { rows: number[][] | null; frames: number; width: number; height: number; middle: number }): Promise<string[]> {
  const canvas = new OffscreenCanvas(width, height);
  const drawing = canvas.getContext('2d')!;
  const pictures: string[] = [];
  for (let frame = 0; frame < frames; frame++) {
    drawing.resetTransform();
    drawing.filter = 'none';
    drawing.fillStyle = '#5b6068';
    drawing.fillRect(0, 0, width, height);
    if (rows !== null) {
      const side = middle * (1 + Math.sin(frame / 7) / 19);
      const module = side / rows.length;
      drawing.translate(width / 2 + 30 * Math.sin(frame / 5), height / 2 + 20 * Math.cos(frame / 6));
      drawing.transform(1, 0.03, -0.04, 0.97, 0, 0);
      drawing.rotate(0.08 * Math.sin(frame / 9));
      drawing.translate(-side / 2, -side / 2);
      drawing.filter = 'blur(0.7px)';
      drawing.fillStyle = '#f2f3f0';
      drawing.fillRect(0, 0, side, side);
      drawing.fillStyle = '#17181c';
      drawing.beginPath();
      rows.forEach((row, y) => row.forEach((dark, x) => {
        if (dark) drawing.rect(x * module, y * module, module + 0.2, module + 0.2);
      }));
      drawing.fill();
    }
    const octets = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 })).arrayBuffer());
    let text = '';
    for (const octet of octets) text += String.fromCharCode(octet);
    pictures.push(btoa(text));
  }
  return pictures;
}
