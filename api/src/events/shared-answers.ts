/**
 * Answers about pages that many have in their hands: of all who ask the same about one page, the first is answered, and the others get that
 * answer. It is kept as long as the page.
 */
export class SharedAnswers<Answer> {
  readonly #answers = new WeakMap<object, Map<string, Promise<Answer>>>();

  /** @param keeps whether an answer is good for the others, too; one that is not, as one that fails, is given to nobody who comes later. */
  constructor(readonly keeps: (answer: Answer) => boolean = () => true) {}

  give(page: object, question: string, answer: () => Promise<Answer>): Promise<Answer> {
    const known = this.#answers.get(page) ?? new Map<string, Promise<Answer>>();
    this.#answers.set(page, known);
    const given = known.get(question);
    if (given) return given;
    const answering = answer();
    known.set(question, answering);
    const forget = () => known.delete(question);
    answering.then((given) => this.keeps(given) || forget(), forget);
    return answering;
  }
}
