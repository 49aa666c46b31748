#!/bin/sh
# Every example is a file without a mistake, says what it is for, and is told
# of in README.  NBS is the binary.
nbs=${NBS:-build/nbs}

say() {
	if [ "$2" ]; then
		echo "not ok $1: $2"
		failed=1
	else
		echo "ok $1"
	fi
}

# body FILE: without comments.
body() {
	grep -v '^#' "$1"
}

failed=0
for f in conf/*.conf; do
	name=${f##*/}
	say "$name passes check" "$("$nbs" -c "$f" check 2>&1 || echo "exit status $?")"
	say "$name says what it is for" "$(sed -n '1{/^# ./!s/.*/begins with: &/p}' "$f")"
	say "$name stands in README" "$(grep -qF "$name" README || echo 'not named there')"
done

# Start files: each starts hold from where it is installed, and shells can read them.
[ "$(find conf/init -type f | wc -l)" -gt 5 ] || say 'start files' 'not there'
for f in $(find conf/init -type f ! -name notification-fd | sort); do
	say "${f#conf/} says what it is for" "$(grep -q '^# [A-Za-z0-9]*[-: ]' "$f" || echo 'no comment')"
	case $f in
	*.network) continue ;;
	esac
	say "${f#conf/} starts hold" "$(body "$f" | grep -q '/usr/local/sbin/nbs' && body "$f" | grep -q hold || echo 'does not')"
	case $(head -n 1 "$f") in
	'#!'*)
		say "${f#conf/} may be run" "$([ -x "$f" ] || echo 'is not executable')"
		if command -v shellcheck >/dev/null; then
			say "${f#conf/} passes shellcheck" "$(shellcheck -s sh "$f")"
		else
			echo "skip ${f#conf/} passes shellcheck: none here"
		fi
		;;
	esac
done
# options FILE [LINE]: what a start file of shell gives to hold, where an initramfs has left this.
options() {
	rm -f "$dir/environment"
	[ -z "${2-}" ] || echo "LINE='$2'" >"$dir/environment"
	sed "s,/usr/local/sbin/nbs,echo,; s,/run/nbs/,$dir/,g" "conf/init/$1" >"$dir/run"
	case $1 in
	openrc/*) echo '"$command" $command_args' >>"$dir/run" ;;
	esac
	sh "$dir/run"
}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
for f in openrc/nbs runit/run s6/run; do
	for line in '' '-K /run/nbs/cmdline'; do
		case $(options $f "$line") in
		"${line:--k} "*) wrong='' ;;
		*) wrong="$(options $f "$line")" ;;
		esac
		say "init/$f takes ${line:-what the command line says}" "$wrong"
	done
done
say 'init/s6/run tells on its notification-fd' \
	"$(grep -q -- "-n $(cat conf/init/s6/notification-fd)\$" conf/init/s6/run || echo 'another one')"
exit $failed
