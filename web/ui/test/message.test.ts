import { describe, expect, test } from 'vitest';
import { fill, placeholders } from '../src/message.ts';

describe('a message', () => {
  test('is filled in as text, each value kept apart from the sentence’s direction', () => {
    expect(fill('for {person}', { person: '<b>Ann</b>' }, 'en')).toBe('for \u2068<b>Ann</b>\u2069');
  });

  test('takes the plural form of its count', () => {
    const days = { one: '{count} день', few: '{count} дня', many: '{count} дней', other: '{count} дня' };
    expect([1, 3, 5, 21].map((count) => fill(days, { count }, 'ru'))).toEqual(['1 день', '3 дня', '5 дней', '21 день']);
  });

  test('writes numbers in its language', () => {
    expect(fill({ other: '{count}' }, { count: 12345 }, 'de')).toBe('12.345');
  });

  test('keeps a placeholder for which nothing was given, so that a test sees it', () => {
    expect(fill('{name}', {}, 'en')).toBe('{name}');
  });

  test('tells its placeholders once each', () => {
    expect(placeholders({ one: '{office}: {count}', other: '{count} of {office}' })).toEqual(['count', 'office']);
  });
});
