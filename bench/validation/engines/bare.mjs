/** Node alone: what memory is counted from. */
export async function load() {
  return () => 0;
}
