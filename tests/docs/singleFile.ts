import { compileScript, parse } from 'vue/compiler-sfc'
import type { Example } from './documents'

/**
 * A component as TypeScript: its script with its template in it. A name of the template that the
 * script does not have is an error of the compiler, as in an app.
 */
export function scriptOf({ at, code }: Example): Example {
  const [, file = 'Example.vue'] = /^<!-- (\S+) -->\n/.exec(code) ?? []
  // Vue reads a script without text as none.
  const script = code.includes('<script') ? '' : '<script setup lang="ts">/* none */</script>'
  const { descriptor, errors } = parse(script + code, { filename: file })
  if (errors.length > 0) throw new Error(`${at}: ${errors.join()}`)
  const { content } = compileScript(descriptor, {
    id: at,
    inlineTemplate: true,
    // It marks the handlers that it caches as not to be checked.
    templateOptions: { compilerOptions: { cacheHandlers: false } },
  })
  return { at, code: `// ${file}.ts\n${content.replace('_ctx: any', '_ctx: object')}` }
}
