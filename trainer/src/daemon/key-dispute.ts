import { type ApiRefused, isRefusal } from '../client/errors.ts';

/** A killed predecessor's last request may still have been under way; a second sign of life is another trainer's. */
const SIGNS_OF_LIFE = 2;

/**
 * A key that the API holds for another place's: this home may be a copy of one whose trainer works, or the same home after a reboot or a
 * move, whose predecessor was killed. The API hears from the first again and again, and of the second never more: then, within two leases,
 * it takes this one for its successor.
 */
export class KeyDispute {
  #lastSeen: unknown;
  #signs = 0;

  /** Whether the API refused because the key is somebody else's. */
  static isOne(error: unknown): error is ApiRefused {
    return isRefusal(error, 'CONFLICT') && error.details.lastSeenAt !== undefined;
  }

  /** Whether the other trainer has proven to live, as of this refusal. */
  isSettled({ details }: ApiRefused): boolean {
    if (this.#lastSeen !== undefined && details.lastSeenAt !== this.#lastSeen) this.#signs += 1;
    this.#lastSeen = details.lastSeenAt;
    return this.#signs >= SIGNS_OF_LIFE;
  }
}
