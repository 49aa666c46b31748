/*
 * Links with an address of the files, for who comes after: /run/net-NAME.conf
 * as a lease has it, and /run/net6-NAME.conf, where the kernel command line is
 * read.
 */
#ifndef RUN_STATIC_FILE_H
#define RUN_STATIC_FILE_H

struct model;

/*
 * Writes them for each link that has its address and no lease of IPv4, where the command
 * line is read.  now is in milliseconds since boot.
 */
void static_file_write(const struct model *want, long long now);

/* Takes those away whose link is no longer wanted. */
void static_file_sweep(const struct model *want);

#endif
