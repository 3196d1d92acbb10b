/** Does what only watches: the client must not notice, whatever goes wrong with that. */
export function quietly(work: () => void): void {
  try {
    work()
  } catch {
    // A line less in the journal.
  }
}
