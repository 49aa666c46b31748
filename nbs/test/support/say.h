/* What test programs say: one line for each thing judged, and why it is wrong. */
#ifndef TEST_SUPPORT_SAY_H
#define TEST_SUPPORT_SAY_H

#include <stdbool.h>

/* Prints the verdict; why, like printf, is printed where it is bad. */
void say(bool good, const char *name, const char *why, ...) __attribute__((format(printf, 3, 4)));

/* The texts must be equal. */
void say_same(const char *name, const char *want, const char *have);

/* What a test program's main returns. */
int say_end(void);

/* From hush to heard, complaints are not printed but returned. */
void say_hush(void);
char *say_heard(void);

#endif
