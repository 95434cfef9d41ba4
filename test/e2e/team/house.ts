import { hostname } from 'node:os';
import { type House, startHouse } from '../house.ts';

/** A house that others than who sits at its machine can reach. */
export let house: House;

export async function openTeamHouse(): Promise<void> {
  house = await startHouse({ env: { WEB_HOST: '0.0.0.0', PUBLIC_HOSTS: hostname() } });
}
