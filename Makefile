# make               build/nbs
# make demo          boot it in QEMU and look
# make test          all but what takes long; test-all: that too, on each kernel
#                    KERNEL=5.10 or 6.12: what boots, on that kernel
# make lint          format, layers, analysers, manual, scripts
# make doc           pictures of the examples, in build/doc
# make man           the lists of keys in the manual, from the tables
# make install       DESTDIR, PREFIX; see config.mk for the rest
# make check-deps    is all here to build it?
# V=1                show the compiler's commands in full

include config.mk

B      = build
SRC    = $(filter-out nbs/test/%,$(wildcard nbs/*.c nbs/*/*.c))
OBJ    = $(SRC:nbs/%.c=$B/obj/%.o)
HDR    = $(filter-out nbs/test/%,$(wildcard nbs/*.h nbs/*/*.h))
MAN    = $(wildcard nbs/man/*.[0-9])
CONF   = $(wildcard conf/*.conf)
SHARED = Makefile config.mk

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wcast-qual -Wstrict-prototypes \
	-Wmissing-prototypes -Wswitch-enum -Wno-missing-field-initializers
# Nothing unwinds, and nothing is loaded elsewhere than it was linked for.
SIZE = -ffunction-sections -fdata-sections -fno-asynchronous-unwind-tables -fno-pie

STD  = -std=c11 -D_GNU_SOURCE -DVERSION='"$(VERSION)"' -Inbs $(WARN)
LIBS = $(MNL_LIBS) $(INIH_LIBS)

# Brought only where nobody said where else libmnl is.
BROUGHT = $(filter $(CACHE)/%,$(MNL_LIBS))

Q   = $(if $V,,@)
say = $(if $V,,@echo '$1')

all: $B/nbs

$B/nbs: $(OBJ) $(SHARED)
	$(call say,LD $@)
	$Q$(CC) $(CFLAGS) $(LTO) -no-pie $(LDFLAGS) -Wl,--gc-sections -o $@ $(OBJ) $(LIBS)

$B/obj/%.o: nbs/%.c $(SHARED) | $(BROUGHT)
	@mkdir -p $(@D)
	$(call say,CC $<)
	$Q$(CC) $(STD) $(MNL_CFLAGS) $(INIH_CFLAGS) $(CFLAGS) $(LTO) \
		$(SIZE) -MMD -MP -c -o $@ $<

$(CACHE)/musl/lib/libmnl.a:
	qemu-tests/debian/packages build
	qemu-tests/debian/libmnl $(CACHE)

check-deps:
	@printf '%s\n' '#include <stdio.h>' '#include <libmnl/libmnl.h>' '#include <ini.h>' \
		'#include <linux/if_link.h>' \
		'int main(void) { return !mnl_socket_open(0) || ini_parse("", 0, 0); }' | \
	$(CC) $(MNL_CFLAGS) $(INIH_CFLAGS) $(CFLAGS) $(LDFLAGS) -x c -o /dev/null - -x none $(LIBS) || \
	{ echo 'missing one of: a C compiler, the kernel headers, static libmnl and static inih' \
		'(their development packages and, where apart, the static ones)' >&2; exit 1; }
	@echo 'all is here'

install: all
	install -d $(DESTDIR)$(SBINDIR) $(DESTDIR)$(MANDIR)/man5 \
		$(DESTDIR)$(MANDIR)/man7 $(DESTDIR)$(MANDIR)/man8 \
		$(DESTDIR)$(DOCDIR)/examples/init \
		$(DESTDIR)$(BASHDIR) $(DESTDIR)$(ZSHDIR) $(DESTDIR)$(FISHDIR)
	install -m 755 $B/nbs $(DESTDIR)$(SBINDIR)/nbs
	install -m 644 nbs/complete/nbs.bash $(DESTDIR)$(BASHDIR)/nbs
	install -m 644 nbs/complete/_nbs $(DESTDIR)$(ZSHDIR)/_nbs
	install -m 644 nbs/complete/nbs.fish $(DESTDIR)$(FISHDIR)/nbs.fish
	for m in $(MAN); do install -m 644 $$m $(DESTDIR)$(MANDIR)/man$${m##*.}/ || exit; done
	for c in $(CONF); do install -m 644 $$c $(DESTDIR)$(DOCDIR)/examples/ || exit; done
	for i in conf/init/* conf/init/*/*; do \
		to=$(DESTDIR)$(DOCDIR)/examples/$${i#conf/}; \
		if [ -d $$i ]; then install -d $$to; \
		else sed 's,/usr/local/sbin,$(SBINDIR),' $$i >$$to && chmod "$$([ -x $$i ] && echo 755 || echo 644)" $$to; \
		fi || exit; \
	done

# For those who make an initramfs, beside "make install": where Debian has their parts,
# whatever PREFIX is.

TOOLS = $(DESTDIR)/usr/share/initramfs-tools

install-initramfs-tools:
	install -d $(TOOLS)/hooks $(TOOLS)/scripts/init-premount
	install -m 755 initramfs/initramfs-tools/hook $(TOOLS)/hooks/nbs
	install -m 755 initramfs/initramfs-tools/init-premount $(TOOLS)/scripts/init-premount/nbs

DRACUT = $(DESTDIR)/usr/lib/dracut

install-dracut:
	install -d $(DRACUT)/modules.d/34network-legacy $(DRACUT)/dracut.conf.d
	install -m 755 initramfs/dracut/34network-legacy/* $(DRACUT)/modules.d/34network-legacy/
	install -m 644 initramfs/dracut/nbs.conf $(DRACUT)/dracut.conf.d/nbs.conf

install-mkinitcpio:
	install -d $(DESTDIR)/usr/lib/initcpio/install $(DESTDIR)/usr/lib/initcpio/hooks
	install -m 644 initramfs/mkinitcpio/install $(DESTDIR)/usr/lib/initcpio/install/nbs
	install -m 644 initramfs/mkinitcpio/hook $(DESTDIR)/usr/lib/initcpio/hooks/nbs

clean:
	rm -rf $B

# Unit tests and fuzzers are native programs with sanitizers, so that a wrong
# step is seen even where it does no harm.

HOST_CC  ?= cc
FUZZ_CC  ?= clang
UNIT      = $(patsubst nbs/test/unit/%.c,$B/unit/%,$(wildcard nbs/test/unit/*.c))
FUZZ      = $(patsubst nbs/test/fuzz/%.c,$B/fuzz/%,$(wildcard nbs/test/fuzz/*.c))
UNIT_OBJ  = $(filter-out %/main.o,$(SRC:nbs/%.c=$B/unit/obj/%.o))
SUPPORT   = $(patsubst nbs/%.c,$B/unit/obj/%.o,$(wildcard nbs/test/support/*.c))
FUZZ_OBJ  = $(filter-out %/main.o,$(SRC:nbs/%.c=$B/fuzz/obj/%.o))
HOST_LIBS = -lmnl -linih
UNIT_FLAGS = $(STD) -g -O1 -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=all
FUZZ_FLAGS = $(STD) -g -O1 -fsanitize=address,undefined -fno-sanitize-recover=all

$B/unit/obj/%.o: nbs/%.c $(SHARED)
	@mkdir -p $(@D)
	$(call say,CC $<)
	$Q$(HOST_CC) $(UNIT_FLAGS) -MMD -MP -c -o $@ $<

$B/unit/%: nbs/test/unit/%.c $(UNIT_OBJ) $(SUPPORT)
	@mkdir -p $(@D)
	$(call say,CC $<)
	$Q$(HOST_CC) $(UNIT_FLAGS) -MMD -MP -MF $@.d -o $@ $< $(SUPPORT) $(UNIT_OBJ) $(HOST_LIBS)

TABLES = $(filter $B/unit/obj/base/% $B/unit/obj/key/% $B/unit/obj/model/% $B/unit/obj/kind/%,$(UNIT_OBJ))

$B/tool/%: nbs/test/tool/%.c $(TABLES)
	@mkdir -p $(@D)
	$(call say,CC $<)
	$Q$(HOST_CC) $(UNIT_FLAGS) -MMD -MP -MF $@.d -o $@ $< $(TABLES) $(HOST_LIBS)

# The lists of keys in the manual are the tables'.
man: $B/tool/mdoc
	nbs/man/update $B/tool/mdoc <nbs/man/nbs.conf.5 >$B/nbs.conf.5
	cat $B/nbs.conf.5 >nbs/man/nbs.conf.5

# Pictures of the examples, as Graphviz draws them.
doc:
	@qemu-tests/debian/packages doc
	@$(MAKE) --no-print-directory $(if $V,,-s) $(CONF:conf/%.conf=$B/doc/%.svg)

$B/doc/%.svg: conf/%.conf $B/nbs
	@mkdir -p $(@D)
	$(call say,DRAW $@)
	$Q$B/nbs -c $< graph >$(@:.svg=.dot)
	$Qdot -Tsvg -o $@ $(@:.svg=.dot)

$B/fuzz/obj/%.o: nbs/%.c $(SHARED)
	@mkdir -p $(@D)
	$(call say,CC $<)
	$Q$(FUZZ_CC) $(FUZZ_FLAGS) -fsanitize=fuzzer-no-link -MMD -MP -c -o $@ $<

$B/fuzz/%: nbs/test/fuzz/%.c $(FUZZ_OBJ)
	@mkdir -p $(@D)
	$(call say,CC $<)
	$Q$(FUZZ_CC) $(FUZZ_FLAGS) -fsanitize=fuzzer -MMD -MP -MF $@.d -o $@ $< $(FUZZ_OBJ) $(HOST_LIBS)

$B/fuzz/dict: $B/tool/dict
	@mkdir -p $(@D)
	$B/tool/dict | sort -u >$@

# Every suite writes lines of "ok", "not ok" and "skip"; qemu-tests/suite keeps
# them in build/log, where qemu-tests/total adds them up.  Those that
# boot come first because they take longest.

# Debian 12's kernel, or another release's: its folders and suites end in its version.
KERNEL   = 6.1
RELEASE  = $(RELEASE_$(KERNEL))
RELEASE_5.10 = bullseye
RELEASE_6.1  = bookworm
RELEASE_6.12 = trixie
$(if $(RELEASE),,$(error KERNEL is 5.10, 6.1 or 6.12))
END      = $(if $(filter-out 6.1,$(KERNEL)),-$(KERNEL))
BOOT     = $B/boot$(END)
OTHERS   = 5.10 6.12

ROOTS_e1000 = matrix hold debian-nfs
ROOTS_virtio-net-pci = matrix others klibc hold debian-nfs debian-networkd-nbd legacy-dhcp \
	legacy-static legacy-ipv6 systemd-nbd iscsi local-neednet inits

BOOTED = boot-e1000 boot-virtio-net-pci roots-e1000 roots-virtio-net-pci
SUITES = $(BOOTED:%=%$(END)) $(if $(END),,unit script fuzz lint)
FUZZ_SECONDS ?= 5
LINT     ?= changed

test: packages
	@rm -rf $B/log
	@$(MAKE) --no-print-directory suites
	@qemu-tests/total $(SUITES:%=$B/log/%)

# A kernel after the other, since two guests at once are all that the time limits allow for.
test-all: packages
	@rm -rf $B/log
	@for k in 6.1 $(OTHERS); do $(MAKE) --no-print-directory suites KERNEL=$$k \
		FUZZ_SECONDS=300 LINT=all ROOTS_e1000= ROOTS_virtio-net-pci=; done
	@qemu-tests/total $(SUITES:%=$B/log/%) $(foreach k,$(OTHERS),$(BOOTED:%=$B/log/%-$k))

suites:
	@$(MAKE) --no-print-directory -j2 $B/nbs $(BOOT)/vmlinux
	@$(MAKE) --no-print-directory -k -j2 $(SUITES:%=suite-%) || :

packages:
	@qemu-tests/debian/packages all

suite-boot-%$(END): $B/nbs $(BOOT)/vmlinux $(BOOT)/initramfs
	@qemu-tests/suite boot-$*$(END) qemu-tests/boot -m $* -t $(or $(BOOT_SECONDS),2700) $(BOOT)/initramfs

suite-roots-%$(END): $B/nbs $(BOOT)/vmlinux $B/guest/dhcpd $(CACHE)/root/done $(CACHE)/system/done \
		$(CACHE)/inits/done
	@qemu-tests/suite roots-$*$(END) qemu-tests/roots/run -m $* -k kernel$(END) \
		$(CACHE) $(ROOTS_$*)

suite-unit: $(UNIT)
	@qemu-tests/suite unit qemu-tests/each $(UNIT)

suite-script: $B/nbs $B/tool/mdoc $(CACHE)/root/done
	@NBS=$B/nbs MDOC=$B/tool/mdoc qemu-tests/suite script qemu-tests/each $(wildcard nbs/test/*.sh)

suite-fuzz: $(FUZZ) $B/fuzz/dict
	@qemu-tests/suite fuzz qemu-tests/fuzz $(FUZZ_SECONDS) $(FUZZ)

suite-lint:
	@qemu-tests/suite lint qemu-tests/lint $(LINT)

fuzz: $(FUZZ) $B/fuzz/dict
	qemu-tests/fuzz $(or $(FUZZ_LONG),600) $(FUZZ)

lint:
	@qemu-tests/debian/packages lint
	@qemu-tests/lint all

format:
	clang-format -i $(shell find nbs -name '*.[ch]')

# What boots: a kernel of the distribution, taken apart but never installed.

$(CACHE)/kernel$(END)/done:
	qemu-tests/debian/kernel $(CACHE) kernel$(END) $(RELEASE)

# What makes Debian's own initramfs, and servers for its root, likewise.
$(CACHE)/root/done: qemu-tests/debian/root
	qemu-tests/debian/root $(CACHE)

# A root with systemd, likewise.
$(CACHE)/system/done: qemu-tests/debian/system
	qemu-tests/debian/system $(CACHE)

# Inits other than systemd, likewise.
$(CACHE)/inits/done: qemu-tests/debian/inits
	qemu-tests/debian/inits $(CACHE)

# DHCP servers, and clients to compare with, likewise.
$(CACHE)/dhcp/done: qemu-tests/debian/dhcp
	qemu-tests/debian/dhcp $(CACHE)

$(BOOT)/vmlinux: $(CACHE)/kernel$(END)/done
	@mkdir -p $(@D)
	$(call say,UNPACK $@)
	$Qinitramfs/vmlinux $(CACHE)/kernel$(END)/boot/vmlinuz-* $@

# Files that try both ends of every key, from the tables.
$B/sweep/done: $B/tool/sweep
	@mkdir -p $(@D)
	rm -f $(@D)/*
	$B/tool/sweep $(@D)
	@touch $@

# Programs for the guests of the tests.
$B/guest/%: qemu-tests/guest/%.c $(SHARED)
	@mkdir -p $(@D)
	$(call say,CC $<)
	$Q$(CC) $(STD) $(MNL_CFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $<

$(BOOT)/initramfs: $B/nbs $B/guest/tap $B/guest/dhcpd $B/guest/timed $B/sweep/done \
		$(CACHE)/kernel$(END)/done \
		$(CACHE)/dhcp/done initramfs/pack $(shell find qemu-tests conf -type f 2>/dev/null)
	@mkdir -p conf $(@D)
	$(call say,PACK $@)
	$Qinitramfs/pack -k $(CACHE)/kernel$(END) -m qemu-tests/modules -i qemu-tests/init -o $@ \
		-b qemu-tests/programs -r $(CACHE)/dhcp -b qemu-tests/programs.dhcp \
		-f $B/nbs:/sbin/nbs -d qemu-tests/cases:/tests/cases -d qemu-tests/bench:/tests/bench \
		-d $B/sweep:/tests/sweep -d conf:/tests/conf -f qemu-tests/lib.sh:/tests/lib.sh \
		-f qemu-tests/dhcp.sh:/tests/dhcp.sh -f qemu-tests/dump.sh:/tests/dump.sh \
		-f qemu-tests/facts.jq:/tests/facts.jq \
		-f $B/guest/tap:/bin/tap -f $B/guest/dhcpd:/bin/fake-dhcpd -f $B/guest/timed:/bin/timed

# Figures of DHCP, of nbs and of other clients.
bench-dhcp: packages
	@$(MAKE) --no-print-directory $(if $V,,-s) $B/nbs $(BOOT)/vmlinux $(BOOT)/initramfs
	@for m in virtio-net-pci e1000; do \
		qemu-tests/boot -m $$m -t 900 -a "cases=../bench/dhcp CASE_SECONDS=900 RUNS=$(or $(RUNS),5)" \
			$(BOOT)/initramfs || exit; \
	done

# Initramfses with nbs in them, booted into a root over the network: some CASES, with a MODEL.
boot-root: packages
	@$(MAKE) --no-print-directory $(if $V,,-s) $B/nbs $(BOOT)/vmlinux $B/guest/dhcpd \
		$(CACHE)/root/done $(CACHE)/system/done $(CACHE)/inits/done
	@qemu-tests/roots/run $(if $(MODEL),-m $(MODEL)) -k kernel$(END) $(CACHE) $(CASES)

$(BOOT)/demo: $B/nbs $(CACHE)/kernel$(END)/done initramfs/pack initramfs/demo $(CONF)
	$(call say,PACK $@)
	$Qinitramfs/pack -k $(CACHE)/kernel$(END) -m qemu-tests/modules -i initramfs/demo -o $@ \
		-b initramfs/programs -f $B/nbs:/sbin/nbs -f conf/demo.conf:/etc/nbs.conf

demo:
	@qemu-tests/debian/packages demo
	@$(MAKE) --no-print-directory $(if $V,,-s) $B/nbs $(BOOT)/vmlinux $(BOOT)/demo
	@qemu-tests/boot -m e1000 -t 120 $(BOOT)/demo
	@qemu-tests/boot -m virtio-net-pci -t 120 -a brief=yes $(BOOT)/demo

-include $(OBJ:.o=.d) $(UNIT_OBJ:.o=.d) $(SUPPORT:.o=.d) $(FUZZ_OBJ:.o=.d) $(UNIT:=.d) $(FUZZ:=.d) $B/tool/mdoc.d $B/tool/sweep.d $B/tool/dict.d

.PHONY: all check-deps install install-initramfs-tools install-dracut \
	install-mkinitcpio boot-root clean doc man test test-all suites packages fuzz lint format demo bench-dhcp
.SECONDARY:
