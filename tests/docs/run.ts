import ts from 'typescript'
import * as vue from 'vue'
import * as adapters from '../../src/adapters/index'
import * as forms from '../../src/forms/index'
import * as host from '../../src/host/index'
import * as signIn from '../../src/signIn/index'
import * as watchword from '../../src/index'
import { examplesOf } from './documents'

const modules: Record<string, unknown> = {
  vue,
  watchword,
  'watchword/adapters': adapters,
  'watchword/forms': forms,
  'watchword/host': host,
  'watchword/sign-in': signIn,
}

type Values = Record<string, unknown>

/** The one example of docs/client.md in which this text stands. */
export function exampleWith(text: string): string {
  const found = examplesOf('client.md').filter(({ code }) => code.includes(text))
  if (found.length !== 1) throw new Error(`${found.length} examples have ${text}`)
  return found[0]!.code
}

/** Runs an example to its end, and gives what these names stand for in it. */
export const run = (code: string, names: string[] = []) => evaluate(code, names, '') as Values

/** The same for one that awaits something. */
export const runAsync = (code: string, names: string[] = []) =>
  evaluate(code, names, 'async') as Promise<Values>

function evaluate(code: string, names: string[], kind: '' | 'async'): unknown {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  })
  const body = `return (${kind} () => {${outputText}\nreturn { ${names.join(', ')} }})()`
  const call = new Function('require', 'exports', body) as (...given: unknown[]) => unknown
  return call((name: string) => modules[name], {})
}
