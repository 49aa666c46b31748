#!/bin/sh
# Files with mistakes, and the complaints about them: NAME.conf is judged from
# within its folder, NAME.out is what is said and the exit status.  NAME.also
# is a second file, or a folder of them, where it is there.  NBS is the binary.
nbs=$(realpath "${NBS:-build/nbs}")
cd nbs/test/golden || exit

failed=0
for conf in *.conf; do
	name=${conf%.conf}
	set -- -c "$conf"
	[ ! -e "$name.also" ] || set -- "$@" -c "$name.also"
	if why=$({ "$nbs" "$@" check 2>&1; echo "exit $?"; } | diff "$name.out" - 2>&1); then
		echo "ok $name"
	else
		echo "not ok $name: complains otherwise"
		echo "$why" | sed 's/^/#   /'
		failed=1
	fi
done
exit $failed
