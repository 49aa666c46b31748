/* The words that say more of what other words ask for. */
#ifndef CMDLINE_REST_H
#define CMDLINE_REST_H

#include "cmdline/reader.h"

void rest_read_route(struct reader *, const char *value);     /* rd.route= */
void rest_read_dns(struct reader *, const char *value);       /* nameserver=, dns= */
void rest_read_peerdns(struct reader *, const char *value);   /* rd.peerdns= */
void rest_read_class(struct reader *, const char *value);     /* dhcpclass= */
void rest_read_needed(struct reader *, const char *value);    /* rd.neednet= */
void rest_read_timeout(struct reader *, const char *value);   /* rd.net.timeout.* */
void rest_read_retry(struct reader *, const char *value);     /* rd.net.dhcp.retry= */
void rest_read_auto(struct reader *, const char *value);      /* rd.net.timeout.ipv6auto= */
void rest_read_unknown(struct reader *, const char *value);   /* rd.net.dhcp.*, rd.net.timeout.* */
void rest_read_firmware(struct reader *, const char *value);  /* rd.iscsi.ibft, rd.iscsi.mp */
void rest_read_boot(struct reader *, const char *value);      /* BOOTIF= */
void rest_read_bootdev(struct reader *, const char *value);   /* bootdev= */
void rest_read_ksdevice(struct reader *, const char *value);  /* ksdevice= */
void rest_read_companion(struct reader *, const char *value); /* gateway=, netmask= */

/*
 * What ip= without a device means for the links that the line makes, and
 * what boot waits for.
 */
void rest_conclude(struct reader *);

#endif
