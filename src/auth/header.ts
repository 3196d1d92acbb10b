/**
 * What goes out as headers: a copy, its names in lower case. HTTP knows no case (RFC 9110 §5.1), and
 * WeChat's documentation writes `content-type`; but hosts that add a header of their own beside one in
 * another case send two. The later of two counts. `Authorization` is the client's.
 */
export function copyHeader(given: Record<string, string> = {}): Record<string, string> {
  const header: Record<string, string> = {}
  for (const name of Object.keys(given)) {
    const key = name.toLowerCase()
    if (key !== 'authorization') header[key] = given[name]!
  }
  return header
}
