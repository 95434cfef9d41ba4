import { test } from '@playwright/test';
import { house, openTeamHouse } from './team/house.ts';
// In this order, in one house: first nobody has an account, then the first admin comes.
import './team/reach.ts';
import './team/people.ts';
import './team/tokens.ts';

test.beforeAll(openTeamHouse);
test.afterAll(() => house?.stop());
