/** What is asked of a camera and never required: pictures that are read fast, or that show a poster at some distance. */
export const QUICK = { width: { ideal: 1280 }, height: { ideal: 720 } };
export const FULL = { width: { ideal: 3840 }, height: { ideal: 2160 } };

/** Pixels of the longer side at which a part of a picture is looked at. */
const LONGEST_SIDE = 1280;
/** Of a picture's longer side: the square in its middle that is also looked at by itself, for codes that are far away. */
const MIDDLE = 1 / 3;
/** A far code is read best where its modules are enlarged so often; smaller squares follow until they are (bench:poster). */
const ENLARGED = 2;

/** A part of a camera's picture, in the camera's pixels, and how many times as large it is looked at. */
export interface Look {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly scale: number;
}

/**
 * What is looked at of a camera's pictures, one after the other, so that a near code is read as well as a far one.
 * @param width of the picture, pixels
 * @param height of the picture, pixels
 * @param far whether the code may hang metres away
 */
export function looks(width: number, height: number, far: boolean): readonly Look[] {
  const longer = Math.max(width, height);
  const all: Look[] = [{ left: 0, top: 0, width, height, scale: Math.min(1, LONGEST_SIDE / longer) }];
  for (let side = longer * MIDDLE; far; side /= 2) {
    const look = middle(width, height, Math.round(side));
    all.push(look);
    if (look.scale >= ENLARGED) break;
  }
  return all;
}

function middle(width: number, height: number, side: number): Look {
  return { left: Math.round((width - side) / 2), top: Math.round((height - side) / 2), width: side, height: side, scale: LONGEST_SIDE / side };
}
