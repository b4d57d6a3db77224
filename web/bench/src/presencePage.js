// The page of `npm run bench:presence`: a phone's diary, a poster, and warnings of its hours. Times are wall times.
import { Diary, systemRandom, TracingSheet, Venue, VenueCode, Warning, hourOf } from '@safeconduct/core';
import { IbeSecretKey } from '@safeconduct/crypto/extracting';

const DAYS = 14;
const STAY = 2;
const hex = (octets) => Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');
const now = Math.floor(Date.now() / 1000);
const tracing = IbeSecretKey.random(systemRandom);
const authority = { tracing_key: hex(tracing.publicKey.toBytes()) };
const poster = { name: 'Café Süd', place: 'Hauptstraße 1', room: null, kind: 'FOOD_AND_DRINK', stay: STAY, region: 0, end: null };
const text = TracingSheet.create(systemRandom).with(poster, 'ab'.repeat(32), systemRandom).posters[0].toText();
let diary;

/** Warnings of others, spread evenly over the hours that a phone keeps, as 144 bytes each, sorted by hour. */
function warnings(count) {
  return Array.from({ length: count }, (_, i) => {
    const octets = systemRandom(144);
    new DataView(octets.buffer).setUint32(0, hourOf(now) - DAYS * 24 + 1 + Math.floor((i * DAYS * 24) / count));
    octets.set(tracing.extract(octets.subarray(4, 36)).toBytes(), 36);
    return octets;
  });
}

const operations = {
  'make a diary of 14 days': () => { diary = Diary.create(DAYS, now, systemRandom); },
  'scan a poster': () => new Venue(VenueCode.parse(text), authority),
  'seal a stay of 2 hours': (venue) => venue.prepare(now, systemRandom),
  'check in, sealed': (venue) => { diary.checkIn(venue, now, systemRandom); diary.toBytes(); },
  'check in, not sealed': (venue) => { diary.checkIn(venue, now, systemRandom); diary.toBytes(); },
};

/** Milliseconds of each of some runs. What comes before an operation is not counted. */
globalThis.run = (name, rounds) => Array.from({ length: rounds }, () => {
  const venue = name === 'make a diary of 14 days' ? null : operations['scan a poster']();
  if (name === 'check in, sealed') venue.prepare(now, systemRandom);
  const start = performance.now();
  operations[name](venue);
  return performance.now() - start;
});

let octets = [];
globalThis.published = (count) => { octets = warnings(count); };

/** Milliseconds for reading the published warnings and trying each against the two slots of its hour. */
globalThis.match = () => {
  const start = performance.now();
  const found = Diary.parse(diary.toBytes(), DAYS).match(octets.map((each) => Warning.parse(each)));
  if (found.length > 0) throw new Error('a stranger\'s warning matched');
  return performance.now() - start;
};
