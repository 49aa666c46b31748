/*
 * The kinds of value a key can have.  Numbers are named by their width
 * on the wire: a wrong width is refused by the kernel, or worse, is not.
 */
#ifndef KEY_TYPE_H
#define KEY_TYPE_H

#include "key/key.h"

/* Numbers; with words, or with words only where there is no range. */
extern const struct type type_u8, type_u16, type_u32, type_u64, type_s32, type_be16, type_be32;

/* One that is printed in hexadecimal, which has to start with 0x when read. */
extern const struct type type_hex8;

/* Switches: yes or no. */
extern const struct type type_yes8, type_yes16, type_yes32;

/* A bit of an attribute that holds { flags, mask }, each 32 bits wide. */
extern const struct type type_flag;

/* A bit of a 16-bit attribute without a mask. */
extern const struct type type_flag16;

/* A bit of a 32-bit field: ifa_flags, rtm_flags; in phrases its name alone. */
extern const struct type type_bit;

/* A pair of numbers FROM:TO, two times 32 bits; and a range FROM-TO. */
extern const struct type type_pair, type_range;

/* A range of two times 16 bits: struct fib_rule_port_range, linux/fib_rules.h. */
extern const struct type type_range16;

/* A value and its mask, VALUE[/MASK], 32 bits; the mask is attribute .item. */
extern const struct type type_masked;

/* An attribute without payload: being there is the value. */
extern const struct type type_there;

extern const struct type type_mac, type_ip4, type_ip6, type_ip;

/* A time of nbs's own, in milliseconds; never sent. */
extern const struct type type_span;

/* A network, ADDRESS[/LENGTH]; .words may name "any network" (0). */
extern const struct type type_net;

/* Text with \xHH for any byte; the name of a link. */
extern const struct type type_text, type_name;

/* Blank-separated words of type .of; sent as a nest. */
extern const struct type type_list;

/* Reads a whole number, decimal or 0x hexadecimal; *end is what follows.  0, or -1. */
int type_read_digits(uint64_t *, const char *text, const char **end);

/* What a hexadecimal digit stands for; -1 when it is none. */
int type_hex(char);

/* True when a number is within the key's range, or one of its words. */
bool type_in_range(const struct key *, uint64_t, bool negative);

/* Writes a number as its bytes on the wire, and reads it back; gives the width. */
size_t type_encode(const struct type *, uint64_t, uint8_t b[8]);
uint64_t type_decode(const struct type *, const uint8_t *);

/* Reads ADDRESS[/LENGTH]; 0, or -1 when it is none. */
int type_read_ip(struct ip *, const char *text);

/* Prints an address, with its length if asked. */
void type_print_ip(const struct ip *, bool with_len, FILE *);

/* The same as text in the arena. */
char *type_ip_text(const struct ip *, bool with_len, struct mem *);

/* True of an IPv6 address that holds on its link alone, fe80::/10 (RFC 4291, 2.4). */
bool type_is_link_local(const struct ip *);

/* Reads yes or no in any of their spellings; 0, or -1 when it is neither. */
int type_read_yes(uint64_t *, const char *text);

/* Reads a time such as 500ms, 30s, 2m; a bare number counts units of ms milliseconds. */
int type_read_time(uint64_t *units, const char *text, unsigned ms);

/* True when the text can name a link. */
bool type_is_name(const char *);

/* Reads text whose bytes may be written \xHH, into the arena; NULL when malformed. */
char *type_read_text(const char *text, struct mem *);

/* Prints text so that an INI line carries it unharmed. */
void type_print_text(const char *, FILE *);

/* Prints a name so that the head of a section carries it. */
void type_print_name(const char *, FILE *);

/* Prints a value as one of several words: blanks of a text are escaped, too. */
void type_print_word(const struct value *, FILE *);

#endif
