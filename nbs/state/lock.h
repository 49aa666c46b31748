/*
 * The lock that only one nbs has at a time: an open file, /run/nbs/lock, in
 * which stand the number of its process, and on the next line what it is
 * doing, if others have to know that: an empty line is a hold.
 */
#ifndef STATE_LOCK_H
#define STATE_LOCK_H

extern const char lock_path[];

/* What an up says that can be confirmed, after it was, and when it was not in time. */
extern const char lock_waits[], lock_confirmed[], lock_returns[];

/*
 * Takes it, and says what for; NULL for nothing that others have to know.  Returns
 * the open file; -1 with errno, EWOULDBLOCK after reporting who has it.
 */
int lock_take(const char *what);

/* Says something else. */
void lock_mark(int lock, const char *what);

/*
 * Tells the process that waits for it, by SIGUSR1, that what it did is to stay, and
 * waits for its end.  0, or -1 after reporting that there is none, or that it is too late.
 */
int lock_confirm(void);

#endif
