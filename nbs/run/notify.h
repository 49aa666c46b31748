/*
 * Telling who started nbs how it goes: NOTIFY_SOCKET as sd_notify(3) has it,
 * and a newline to a descriptor as s6 has it.
 */
#ifndef RUN_NOTIFY_H
#define RUN_NOTIFY_H

/* All is ready; the descriptor, unless -1, is closed. */
void notify_ready(int fd);

/* The file is read again; notify_ready follows. */
void notify_reload(void);

/* The end. */
void notify_stop(void);

#endif
