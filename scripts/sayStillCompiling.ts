/** How long the terminal may be silent, in ms. */
const interval = 30_000

/** Resolves or rejects as `compiling` does; until then it says every 30 s that this is still under way. */
export async function sayStillCompiling<Result>(compiling: Promise<Result>): Promise<Result> {
  const timer = setInterval(() => console.log('still compiling …'), interval)
  try {
    return await compiling
  } finally {
    clearInterval(timer)
  }
}
