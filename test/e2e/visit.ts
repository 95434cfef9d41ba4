import type { Browser, Page } from '@playwright/test';
import { type House, type HouseOptions, startHouse } from './house.ts';

/** A house of its own, and one page in it that the tests of a file share from the first to the last. */
export interface Visit {
  house: House;
  /** Nobody yet: whoever is to write opens `house.link` in it first. */
  page: Page;
  end(): Promise<void>;
}

export async function visitHouse(browser: Browser, options: HouseOptions = {}): Promise<Visit> {
  const house = await startHouse(options);
  try {
    const context = await browser.newContext({ baseURL: house.web });
    const page = await context.newPage();
    const end = async () => {
      await context.close();
      await house.stop();
    };
    return { house, page, end };
  } catch (error) {
    await house.stop();
    throw error;
  }
}
