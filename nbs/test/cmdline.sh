#!/bin/sh
# Command lines, and the files they stand for: each line of NAME.cmdline is read
# for itself, NAME.out is what is said of it and the file.  Every such file has
# to be one without a mistake.  NBS is the binary.
nbs=$(realpath "${NBS:-build/nbs}")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd nbs/test/golden-cmdline || exit

# read_all FILE: all lines of it but comments.
read_all() {
	while IFS= read -r line; do
		case $line in '#'*) continue ;; esac
		printf '== %s\n' "$line"
		printf '%s\n' "$line" | "$nbs" cmdline - >"$dir/conf" 2>"$dir/said" || echo "exit status $?"
		cat "$dir/said" "$dir/conf"
		"$nbs" -c "$dir/conf" check 2>&1 | sed 's/^/does not pass: /'
	done <"$1"
}

failed=0
for f in *.cmdline; do
	name=${f%.cmdline}
	read_all "$f" >"$dir/out"
	if why=$(diff "$name.out" "$dir/out" 2>&1); then
		echo "ok $name"
	else
		echo "not ok $name: read otherwise"
		echo "$why" | sed 's/^/#   /'
		failed=1
	fi
	if grep -q '^does not pass' "$dir/out"; then
		echo "not ok $name: stands for a file with a mistake"
		failed=1
	else
		echo "ok $name stands for files without mistakes"
	fi
done
exit $failed
