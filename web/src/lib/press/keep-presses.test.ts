import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepPresses } from './keep-presses.ts';

/** Stands where the page's links would: what is under the pointer, and what it belongs to. */
function element(name: string, isLink: boolean) {
  const self = { name, closest: () => (isLink ? self : null), contains: (other: unknown) => other === self };
  return self;
}

describe('what is pressed with the mouse', () => {
  const document = new EventTarget();
  const [row, other, table] = [element('row', true), element('other row', true), element('table', false)];
  let followed: string[];
  let stop: () => void;
  const happen = (type: string, target: object, at: object = {}) => {
    const event = Object.assign(new Event(type), { pointerType: 'mouse', button: 0, clientX: 10, clientY: 10, ...at });
    document.dispatchEvent(Object.defineProperty(event, 'target', { value: target }));
  };
  /** The moment after the button came up, in which a browser has told of the click. */
  const then = () => new Promise((resolve) => setTimeout(resolve));

  beforeEach(() => {
    followed = [];
    stop = keepPresses(document, (link) => followed.push((link as unknown as { name: string }).name));
  });
  afterEach(() => stop());

  it('is followed once its row has moved from under the pointer, whatever came there', async () => {
    happen('pointerdown', row);
    happen('pointerup', other);
    happen('click', table);
    await then();
    expect(followed).toEqual(['row']);
  });

  it('is left to the browser where it stayed', async () => {
    happen('pointerdown', row);
    happen('pointerup', row);
    happen('click', row);
    await then();
    expect(followed).toEqual([]);
  });

  it.each([
    ['by being let go of elsewhere', row, {}, { clientX: 10, clientY: 40 }],
    ['as no link', table, {}, {}],
    ['with another button', row, { button: 2 }, {}],
    ['with a finger, whose tap keeps its target', row, { pointerType: 'touch' }, {}],
  ])('is not followed %s', async (_how, target, down, up) => {
    happen('pointerdown', target, down);
    happen('pointerup', other, up);
    await then();
    expect(followed).toEqual([]);
  });

  it('is not followed where it was dragged', async () => {
    happen('pointerdown', row);
    happen('dragstart', row);
    happen('pointerup', other);
    await then();
    expect(followed).toEqual([]);
  });
});
