// tsc, unlike vue-tsc, cannot read components: to it one is like another.
declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent<Record<string, unknown>>
  export default component
}
