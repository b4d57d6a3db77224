const encoder = /* @__PURE__ */ new TextEncoder();

/** The octets of an ASCII or UTF-8 string. */
export const utf8 = (text: string): Uint8Array => encoder.encode(text);

/** I2OSP(n, 8): a count, index or length below 2^53 as eight octets, most significant first. */
export function i2osp8(n: number): Uint8Array {
  const octets = new Uint8Array(8);
  new DataView(octets.buffer).setBigUint64(0, BigInt(n));
  return octets;
}

/** All parts, one after another, in a fresh array. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Whether two public octet strings are the same. Not for secrets: the time tells where they differ. */
export const sameOctets = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((octet, i) => octet === b[i]);
