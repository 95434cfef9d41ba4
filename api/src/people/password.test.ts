import { expect, it } from 'vitest';
import { checkPassword } from './password.ts';

it.each([
  ['short', /5 characters; at least 10/],
  ['😀'.repeat(9), /9 characters/],
  ['x'.repeat(129), /longer than 128/],
  ['abababababab', /at least 5 different/],
  ['ada-lovelace-1', /must not hold the name/],
])('the password %j is refused without being repeated', (password, why) => {
  expect(() => checkPassword(password, 'Ada')).toThrow(why);
  expect(() => checkPassword(password, 'Ada')).not.toThrow(password);
});

it('any other is right, whatever it is made of', () => {
  for (const password of ['correct horse battery', '          a b c d', 'пароль длинный', `${'x'.repeat(120)}abcd`])
    expect(() => checkPassword(password, 'Ada')).not.toThrow();
});
