import { describe, expect, test } from 'vitest';
import { looks } from '../src/looks.ts';

describe('what is looked at of a camera’s picture', () => {
  test('is the whole of it where the code is near', () => {
    expect(looks(1280, 720, false)).toEqual([{ left: 0, top: 0, width: 1280, height: 720, scale: 1 }]);
  });

  test('is also its middle, enlarged twice, where the code may hang metres away', () => {
    expect(looks(1920, 1080, true)).toEqual([
      { left: 0, top: 0, width: 1920, height: 1080, scale: 2 / 3 },
      { left: 640, top: 220, width: 640, height: 640, scale: 2 },
    ]);
  });

  test('is a smaller middle too where the camera gives more pixels, also when it is held upright', () => {
    expect(looks(2160, 3840, true)).toEqual([
      { left: 0, top: 0, width: 2160, height: 3840, scale: 1 / 3 },
      { left: 440, top: 1280, width: 1280, height: 1280, scale: 1 },
      { left: 760, top: 1600, width: 640, height: 640, scale: 2 },
    ]);
  });

  test('is never more than 1,280 pixels wide or high, and never outside the picture, whatever a camera gives', () => {
    for (const [width, height] of [[320, 240], [640, 480], [1280, 720], [2560, 1440], [4032, 3024], [7680, 4320]] as const) {
      for (const { left, top, width: wide, height: high, scale } of looks(width, height, true)) {
        expect(Math.round(Math.max(wide, high) * scale)).toBeLessThanOrEqual(1280);
        expect([left >= 0, top >= 0, left + wide <= width, top + high <= height]).toEqual([true, true, true, true]);
      }
    }
  });
});
