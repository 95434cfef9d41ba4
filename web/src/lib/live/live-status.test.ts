import { describe, expect, it } from 'vitest';
import type { LiveState } from './keep-open.ts';
import { joinPage, liveStatus, onLiveStatus, worst } from './live-status.ts';

const live: LiveState = { kind: 'live' };
const lost: LiveState = { kind: 'lost' };
const refused: LiveState = { kind: 'refused', message: 'Reading needs the key.' };

describe('a page’s status', () => {
  it('is live only while all of its streams are', () => {
    expect(worst([live, live])).toBe(live);
    expect(worst([live, { kind: 'opening' }]).kind).toBe('opening');
    expect(worst([live, lost])).toBe(lost);
    expect(worst([lost, refused])).toBe(refused);
    expect(worst([]).kind).toBe('opening');
  });

  it('follows streams that come, change and go', () => {
    const heard: string[] = [];
    const stop = onLiveStatus(() => heard.push(liveStatus().kind));
    const [header, log] = [joinPage(), joinPage()];
    header.become(live);
    log.become({ kind: 'opening' });
    log.become(live);
    log.become(lost);
    log.leave();
    header.leave();
    stop();
    expect(heard).toEqual(['live', 'opening', 'live', 'lost', 'live', 'opening']);
  });
});
