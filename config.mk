# What a packager sets, here or on make's command line.

VERSION = 0.1
PREFIX  = /usr/local
SBINDIR = $(PREFIX)/sbin
MANDIR  = $(PREFIX)/share/man
DOCDIR  = $(PREFIX)/share/doc/nbs

# Where bash, zsh and fish look for completions.
BASHDIR = $(PREFIX)/share/bash-completion/completions
ZSHDIR  = $(PREFIX)/share/zsh/site-functions
FISHDIR = $(PREFIX)/share/fish/vendor_completions.d

# With CROSS_COMPILE=aarch64-linux-musl- that compiler, else musl's wrapper
# on Debian and where there is one, else cc, which on Alpine is musl's.
CROSS_COMPILE =
PKG_CONFIG   ?= pkg-config
ifeq ($(origin CC),default)
ifneq ($(CROSS_COMPILE),)
CC = $(CROSS_COMPILE)gcc
else ifneq ($(or $(wildcard /etc/debian_version),$(shell command -v musl-gcc)),)
CC = musl-gcc
else
CC = cc
endif
endif

CFLAGS  ?= -Os
LDFLAGS ?= -static -s
# LTO = -flto to try it.
LTO     ?=

# Static libmnl and inih.  Under musl-gcc they cannot be the system's, which
# are glibc's: there CACHE holds what qemu-tests/debian/libmnl brings.
CACHE ?= .cache
ifneq ($(filter musl-gcc,$(notdir $(CC))),)
MNL_CFLAGS  ?= -isystem $(CACHE)/musl/include
MNL_LIBS    ?= $(CACHE)/musl/lib/libmnl.a
INIH_CFLAGS ?=
INIH_LIBS   ?= $(CACHE)/musl/lib/libinih.a
else
MNL_CFLAGS  ?= $(shell $(PKG_CONFIG) --cflags libmnl 2>/dev/null)
MNL_LIBS    ?= $(or $(shell $(PKG_CONFIG) --static --libs libmnl 2>/dev/null),-lmnl)
INIH_CFLAGS ?= $(shell $(PKG_CONFIG) --cflags inih 2>/dev/null)
INIH_LIBS   ?= $(or $(shell $(PKG_CONFIG) --static --libs inih 2>/dev/null),-linih)
endif
