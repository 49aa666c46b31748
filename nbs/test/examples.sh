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

failed=0
for f in conf/*.conf; do
	name=${f##*/}
	say "$name passes check" "$("$nbs" -c "$f" check 2>&1 || echo "exit status $?")"
	say "$name says what it is for" "$(sed -n '1{/^# ./!s/.*/begins with: &/p}' "$f")"
	say "$name stands in README" "$(grep -qF "$name" README || echo 'not named there')"
done
exit $failed
