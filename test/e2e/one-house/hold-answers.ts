import type { Page } from '@playwright/test';

/** Holds back what the API has answered to a query that the page asks, until it is let go: from then on nothing is. */
export async function holdAnswers(page: Page, operationName: string) {
  const [held, wasHeld] = signal();
  const [released, release] = signal();
  await page.route('**/graphql', async (route) => {
    if (route.request().postDataJSON()?.operationName !== operationName) return route.fallback();
    const response = await route.fetch();
    wasHeld();
    await released;
    await route.fulfill({ response });
  });
  const letGo = async () => {
    release();
    // What is under way arrives: nothing of it is left when the test ends.
    await page.unrouteAll({ behavior: 'wait' });
  };
  return { held, letGo };
}

function signal(): [Promise<void>, () => void] {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return [given, give];
}
