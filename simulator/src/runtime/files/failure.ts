/**
 * Why an operation on files fails, by WeChat's number (WeChat: FileSystemManager, 错误). `${path}` is the
 * path as the app gave it.
 */
const texts = {
  1300001: 'operation not permitted',
  1300002: 'no such file or directory ${path}',
  1300009: 'bad file descriptor',
  1300013: 'permission denied',
  1300020: 'not a directory',
  1300022: 'Invalid argument',
  1300066: 'directory not empty',
  1300202: 'the maximum size of the file storage limit is exceeded',
  1300203: 'base64 encode error',
  1301000: 'permission denied, cannot access file path',
  1301003: 'illegal operation on a directory',
  1301004: 'illegal operation on a package directory',
  1301005: 'file already exists ${path}',
  1301006: 'value of length is out of range',
  1301007: 'value of offset is out of range',
  1301009: 'value of position is out of range',
  1301102: 'unzip open file fail',
  1301103: 'unzip entry fail',
  1301112: 'tempFilePath file not exist',
  1302001: 'fail permission denied',
  1302002: 'excced max concurrent fd limit',
  1302003: 'invalid flag',
  1302005: 'array buffer does not exist',
} as const

/** One of WeChat's numbers. */
export type FileErrorCode = keyof typeof texts

/** An operation's failure; its message is what `errMsg` ends with. */
export class FileFailure extends Error {
  override readonly name = 'FileFailure'

  constructor(
    readonly errCode: FileErrorCode,
    path = '',
  ) {
    super(texts[errCode].replace('${path}', path))
  }
}
