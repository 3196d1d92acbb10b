import { defineBuiltIn } from './builtIn'

interface RichNode {
  type?: 'node' | 'text'
  name?: string
  text?: string
  attrs?: Record<string, string | undefined>
  children?: RichNode[]
}

const render = ({ type, name, text, attrs = {}, children = [] }: RichNode): Node => {
  if (type === 'text') return document.createTextNode(text ?? '')
  const element = document.createElement(name ?? 'span')
  for (const [attribute, value] of Object.entries(attrs)) {
    const isDrawn = ['class', 'style', 'src', 'alt', 'width', 'height'].includes(attribute)
    if (isDrawn && value !== undefined) element.setAttribute(attribute, value)
  }
  element.append(...children.map(render))
  return element
}

/** Text with markup, given as HTML or as nodes; scripts and handlers have no effect. */
export const richText = defineBuiltIn(
  'rich-text',
  { nodes: null as RichNode[] | string | null, space: '' },
  (node) => ({
    update() {
      const { nodes } = node.props
      if (typeof nodes === 'string') {
        const parsed = new DOMParser().parseFromString(nodes, 'text/html')
        for (const script of parsed.querySelectorAll('script')) script.remove()
        for (const element of parsed.querySelectorAll('*')) {
          for (const { name } of [...element.attributes]) {
            if (name.startsWith('on')) element.removeAttribute(name)
          }
        }
        node.dom.replaceChildren(...parsed.body.childNodes)
      } else node.dom.replaceChildren(...(nodes ?? []).map(render))
    },
  }),
)
