#ifndef DESCENT_CNCURSES_H
#define DESCENT_CNCURSES_H
#define NCURSES_WIDECHAR 1
#include <curses.h>
#endif
