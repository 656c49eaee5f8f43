/* What Swift cannot import of ncursesw: macros, variadic functions, and globals that concurrency checking rejects. */
#ifndef DESCENT_CNCURSES_H
#define DESCENT_CNCURSES_H

#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif
#include <curses.h>

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

/* From term.h, whose hundreds of macros (`lines`, `columns`, ...) would spoil the header for everything after it. */
extern int setupterm(const char *, int, int *);
/* From wchar.h, which declares it only where X/Open functions were asked for. */
extern int wcwidth(wchar_t);
static inline int cnc_columns(unsigned int scalar) { return wcwidth((wchar_t)scalar); }

static inline WINDOW *cnc_stdscr(void) { return stdscr; }
static inline WINDOW *cnc_curscr(void) { return curscr; }
/* Turns colours on, with the terminal's own as -1, and returns how many there are. */
static inline int cnc_start_colors(void) {
  if (!has_colors() || start_color() != OK) return 0;
  use_default_colors();
  return COLORS;
}
static inline int cnc_color_pairs(void) { return COLOR_PAIRS; }
static inline unsigned int cnc_bold(void) { return A_BOLD; }
static inline unsigned int cnc_dim(void) { return A_DIM; }
static inline unsigned int cnc_reverse(void) { return A_REVERSE; }
static inline unsigned int cnc_underline(void) { return A_UNDERLINE; }

/* A terminfo string, or NULL where the terminal has none (tigetstr tells a wrong kind by (char *)-1). */
static inline const char *cnc_terminfo_string(const char *name) {
  const char *text = tigetstr((char *)name);
  return text == (const char *)-1 ? NULL : text;
}

/* A cell of up to three scalars. The pair goes in through `opts`: the attribute bits hold only 256 of them. */
static inline void cnc_set_cell(cchar_t *cell, unsigned int base, unsigned int first, unsigned int second,
                                unsigned int attributes, int pair) {
  wchar_t text[4] = {(wchar_t)base, (wchar_t)first, (wchar_t)second, 0};
  setcchar(cell, text, (attr_t)attributes, (short)(pair & 0x7fff), &pair);
}

/* An anonymous file in memory. */
static inline int cnc_memory_file(void) { return (int)syscall(SYS_memfd_create, "frame", 1u /* MFD_CLOEXEC */); }

/* The size the kernel has for a terminal, in cells and in pixels; 0 on success. */
static inline int cnc_window_size(int fd, struct winsize *size) { return ioctl(fd, TIOCGWINSZ, size); }

/*
 * Signals. What a handler touches is C with constant initialisers, because the lazy initialisation of Swift globals is
 * not safe in one.
 */
struct cnc_rescue {
  volatile sig_atomic_t armed;
  volatile sig_atomic_t asked; /* how many requests to end have not been answered yet */
  int tty;
  int notices;
  int length;
  struct termios cooked;
  char reset[512];
  /* What is left of a character that was cut in two by a write that the terminal took only in part. */
  volatile sig_atomic_t cut;
  char rest[4];
};
/* Weak, because every object file that includes the header emits it, and all of them must mean the same one. */
__attribute__((weak, visibility("hidden"))) struct cnc_rescue cnc_rescue = {0, 0, -1, -1};

/* Writes what must arrive, for at most half a second: a terminal that is being sent a picture may not take it at once. */
static void cnc_insist(const char *bytes, int length) {
  for (int turn = 0; length > 0 && turn < 50; turn++) {
    ssize_t count = write(cnc_rescue.tty, bytes, (size_t)length);
    if (count > 0) {
      bytes += count;
      length -= (int)count;
    } else if (errno == EAGAIN || errno == EINTR) {
      /* Not poll: of a pseudo-terminal it says that there is room where none is. */
      struct timespec pause = {0, 10000000};
      nanosleep(&pause, NULL);
    } else {
      return;
    }
  }
}

/* A fatal signal: put the terminal back, then die of it. Only calls that POSIX allows in a handler. */
static void cnc_on_fatal(int number) {
  if (cnc_rescue.armed) {
    cnc_rescue.armed = 0;
    if (cnc_rescue.cut > 0) cnc_insist(cnc_rescue.rest, cnc_rescue.cut);
    cnc_insist(cnc_rescue.reset, cnc_rescue.length);
    tcsetattr(cnc_rescue.tty, TCSANOW, &cnc_rescue.cooked);
  }
  signal(number, SIG_DFL);
  raise(number);
}

/* Any other signal: a byte into the pipe that the loop waits on. A third request to end is not left to a stuck loop. */
static void cnc_on_notice(int number) {
  int before = errno;
  if (number == SIGINT || number == SIGTERM || number == SIGHUP || number == SIGQUIT) {
    cnc_rescue.asked = cnc_rescue.asked + 1;
    if (cnc_rescue.asked > 2) cnc_on_fatal(number);
  }
  unsigned char byte = (unsigned char)number;
  ssize_t ignored = write(cnc_rescue.notices, &byte, 1);
  (void)ignored;
  errno = before;
}

static inline void cnc_catch(int number, int fatal) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = fatal ? cnc_on_fatal : cnc_on_notice;
  action.sa_flags = SA_ONSTACK | (fatal ? SA_NODEFER : SA_RESTART);
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, NULL);
}

/* Whether a signal is ignored, as under nohup; then it stays so. */
static inline int cnc_is_ignored(int number) {
  struct sigaction action;
  return sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

static inline void cnc_default(int number) { signal(number, SIG_DFL); }

static inline void cnc_rescue_prepare(int tty, int notices, const struct termios *cooked, const char *reset, int length) {
  cnc_rescue.armed = 0;
  cnc_rescue.asked = 0;
  cnc_rescue.cut = 0;
  cnc_rescue.tty = tty;
  cnc_rescue.notices = notices;
  cnc_rescue.cooked = *cooked;
  cnc_rescue.length = length < (int)sizeof cnc_rescue.reset ? length : (int)sizeof cnc_rescue.reset;
  memcpy(cnc_rescue.reset, reset, (size_t)cnc_rescue.length);
}

/* Says how the character ends whose beginning the terminal has; nothing, where it has whole ones. */
static inline void cnc_rescue_cut(const char *rest, int length) {
  cnc_rescue.cut = 0;
  if (length <= 0 || length > (int)sizeof cnc_rescue.rest) return;
  memcpy(cnc_rescue.rest, rest, (size_t)length);
  cnc_rescue.cut = length;
}

static inline void cnc_rescue_arm(int armed) { cnc_rescue.armed = armed; }

/* A stack of its own for the handlers, so that even an exhausted stack can be reported. */
static inline void cnc_signal_stack(void *memory, unsigned long size) {
  stack_t stack;
  memset(&stack, 0, sizeof stack);
  stack.ss_sp = memory;
  stack.ss_size = size;
  sigaltstack(&stack, NULL);
}

static inline void cnc_unblock(int number) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, number);
  sigprocmask(SIG_UNBLOCK, &set, NULL);
}

#endif
