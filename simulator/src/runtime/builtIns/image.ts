import { setOwnStyles } from '../inlineStyles'
import { filePath, isAddress } from '../urls'
import { defineBuiltIn } from './builtIn'

const fits: Record<string, string> = { aspectFit: 'contain', aspectFill: 'cover' }

const props = {
  src: '',
  mode: 'scaleToFill',
  lazyLoad: false,
  showMenuByLongpress: false,
  webp: false,
}

/** A picture: of the package, temporary, or from the network. */
export const image = defineBuiltIn('image', props, (node, services) => {
  const picture = document.createElement('img')
  picture.alt = ''
  node.dom.replaceChildren(picture)
  const followRatio = () => {
    const { naturalWidth: width, naturalHeight: height } = picture
    if (node.props.mode === 'widthFix') {
      setOwnStyles(node.dom, { height: `${(node.dom.clientWidth * height) / width}px` })
    }
    if (node.props.mode === 'heightFix') {
      setOwnStyles(node.dom, { width: `${(node.dom.clientHeight * width) / height}px` })
    }
  }
  picture.addEventListener('load', () => {
    followRatio()
    node.emit('load', { width: picture.naturalWidth, height: picture.naturalHeight })
  })
  picture.addEventListener('error', () => {
    // WeChat draws nothing there; the browser would draw a sign of its own.
    picture.dataset.failed = ''
    const { src } = node.props
    const file = src.startsWith('wxfile:') ? src : filePath(src, node.owner)
    if (!isAddress(src)) services.warn(`${file}: no such file, or no picture`)
    node.emit('error', { errMsg: 'image load failed' })
  })
  const load = (src: string) => {
    delete picture.dataset.failed
    if (src) picture.src = services.assetUrl(src, node.owner)
    else picture.removeAttribute('src')
  }
  load(node.props.src)
  return {
    update: () => void (picture.style.objectFit = fits[node.props.mode] ?? 'fill'),
    changed: { src: load },
  }
})

/** A picture over native components; here it is an image. */
export const coverImage = { ...image, tag: 'cover-image' }
