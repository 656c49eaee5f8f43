/* Deflate and the checksum of PNG. */
#ifndef DESCENT_CZLIB_H
#define DESCENT_CZLIB_H

#include <zlib.h>

#endif
