import { readFile } from 'node:fs/promises'

/** A package in a package-lock.json (version 3). */
interface LockedPackage {
  version?: string
  /** The hash of what was published. Without it, npm installs whatever a registry sends. */
  integrity?: string
  /** A workspace of this repository. */
  link?: boolean
  hasInstallScript?: boolean
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  peerDependenciesMeta?: Record<string, { optional?: boolean }>
}

/** Packages by their place, e.g. `node_modules/hono`. */
export type LockedPackages = Record<string, LockedPackage>

/**
 * What a workspace needs in production, out of the lockfile of the repository, as if it stood alone:
 * the versions that the tests ran with.
 */
export async function lockedPackagesOf(workspace: string): Promise<LockedPackages> {
  const { packages } = JSON.parse(await readFile('package-lock.json', 'utf8')) as {
    packages: LockedPackages
  }
  const found = new Map<string, LockedPackage>()
  const visit = (from: string) => {
    for (const name of dependenciesOf(packages[from]!)) {
      const place = placeOf(packages, from, name)
      if (place === undefined) throw new Error(`package-lock.json has no ${name} for ${from}`)
      if (found.has(place)) continue
      found.set(place, packages[place]!)
      visit(place)
    }
  }
  visit(workspace)
  return movedOut(found, `${workspace}/`)
}

/**
 * The packages that others name and the lockfile lacks, such as `sharp: @img/sharp-win32-x64`.
 * Packages of other systems are needed too: `npm ci` refuses a lockfile without them, or installs
 * nothing in their place there.
 */
export function missingPackages(packages: LockedPackages): string[] {
  return Object.entries(packages).flatMap(([from, locked]) =>
    dependenciesOf(locked)
      .filter((name) => placeOf(packages, from, name) === undefined)
      .map((name) => `${from.replace(/.*node_modules\//, '')}: ${name}`),
  )
}

function dependenciesOf(of: LockedPackage): string[] {
  const peers = Object.keys(of.peerDependencies ?? {}).filter(
    (name) => !of.peerDependenciesMeta?.[name]?.optional,
  )
  return [
    ...Object.keys(of.dependencies ?? {}),
    ...Object.keys(of.optionalDependencies ?? {}),
    ...peers,
  ]
}

/** Where Node finds a package: in the nearest `node_modules`, going up. */
function placeOf(packages: LockedPackages, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    const place = `${folder ? `${folder}/` : ''}node_modules/${name}`
    if (packages[place]) return place
    if (!folder) return undefined
  }
}

/** Packages of the workspace's own `node_modules` come before those of the repository's. */
function movedOut(found: Map<string, LockedPackage>, prefix: string): LockedPackages {
  const moved: LockedPackages = {}
  for (const place of [...found.keys()].sort()) {
    const target = place.startsWith(prefix) ? place.slice(prefix.length) : place
    if (moved[target]) throw new Error(`two versions of ${target} are needed side by side`)
    moved[target] = found.get(place)!
  }
  return moved
}
