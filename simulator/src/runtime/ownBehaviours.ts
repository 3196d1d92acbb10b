import type { CodeSpace } from 'glass-easel-miniprogram-adapter'
import { keepFormField } from './builtIns/formFields'
import type { Caller } from './caller'

/**
 * WeChat's own behaviours by name (WeChat: behaviors › 内置 behaviors). `wx://component-export` is
 * the framework's `export`; forms here find fields and buttons inside components without
 * `wx://form-field-group` and `wx://form-field-button`.
 */
export function createOwnBehaviours(space: CodeSpace): (name: string) => unknown {
  const formField = space
    .behavior()
    .definition({
      properties: { name: String, value: null },
      attached(this: Caller) {
        keepFormField(this)
      },
    } as object)
    .register()
  return (name) => (name === 'wx://form-field' ? formField : undefined)
}
