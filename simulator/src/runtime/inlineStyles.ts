import { convertLengths } from '../pack/wxss'

/**
 * Makes WeChat's lengths hold in inline styles: templates may put such lengths together at run
 * time, where the packer cannot see them.
 */
export function convertInlineLengths(): void {
  const { setAttribute } = Element.prototype
  Element.prototype.setAttribute = function (name, value) {
    setAttribute.call(this, name, name === 'style' ? convertLengths(value) : value)
  }
}
