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
say 'init/s6/run tells on its notification-fd' \
	"$(grep -q -- "-n $(cat conf/init/s6/notification-fd)\$" conf/init/s6/run || echo 'another one')"
exit $failed
