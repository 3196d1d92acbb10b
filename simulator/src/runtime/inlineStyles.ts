/**
 * Makes rpx hold in inline styles: templates may put such lengths together at run time, where the
 * packer cannot see them. `width` is the phone's in CSS pixels.
 */
export function convertInlineLengths(width: number): void {
  const { setAttribute } = Element.prototype
  Element.prototype.setAttribute = function (name, value) {
    const converted =
      name === 'style' && value.includes('rpx')
        ? value.replace(
            /(-?\d*\.?\d+)rpx\b/g,
            (_, length: string) => `${(+length * width) / 750}px`,
          )
        : value
    setAttribute.call(this, name, converted)
  }
}
