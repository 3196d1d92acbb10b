import { convertLengths } from '../pack/wxss'

type Styles = Readonly<Record<string, string>>

const owned = new WeakMap<Element, Styles>()

const apply = (dom: HTMLElement, styles: Styles) => {
  for (const [name, value] of Object.entries(styles)) dom.style.setProperty(name, value)
}

/**
 * Sets styles that a built-in component needs for itself. The app may write another `style`
 * attribute at any time: they outlive it. An empty value takes a style back.
 */
export function setOwnStyles(dom: HTMLElement, styles: Styles): void {
  owned.set(dom, { ...owned.get(dom), ...styles })
  apply(dom, styles)
}

/**
 * Makes WeChat's lengths hold in inline styles: templates may put such lengths together at run
 * time, where the packer cannot see them.
 */
export function convertInlineLengths(): void {
  const { setAttribute } = Element.prototype
  Element.prototype.setAttribute = function (name, value) {
    if (name !== 'style') return setAttribute.call(this, name, value)
    setAttribute.call(this, name, convertLengths(value))
    const own = owned.get(this)
    if (own) apply(this as HTMLElement, own)
  }
}
