// For compilers that do not read components, to which one is like another. vue-tsc reads them.
declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent<Record<string, unknown>>
  export default component
}

declare module '*.css'
