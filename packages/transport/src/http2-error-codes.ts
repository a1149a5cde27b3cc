/** Error codes of HTTP/2 (RFC 9113, section 7). Written here, since node:http2 is loaded with the first session only. */
export const NO_ERROR = 0x0;
export const REFUSED_STREAM = 0x7;
export const CANCEL = 0x8;
export const ENHANCE_YOUR_CALM = 0xb;
export const HTTP_1_1_REQUIRED = 0xd;
