#!/bin/sh
# The manual lists the keys that the tables have, all of them and as they are.
# MDOC is the program that prints what a list shall be.
mdoc=${MDOC:-build/tool/mdoc}
page=nbs/man/nbs.conf.5

say() {
	if [ "$2" ]; then
		echo "not ok $1: $2"
	else
		echo "ok $1"
	fi
}

# list NAME: what stands between its marker lines.
list() {
	awk -v name="$1" '
	$0 == ".\\\" end keys " name { on = 0 }
	on { print }
	$0 == ".\\\" keys " name { on = 1 }' "$page"
}

"$mdoc" | while read -r what name; do
	case $what in
	list)
		why=''
		[ "$(list "$name")" = "$("$mdoc" "$name")" ] || why='not as in the table; see "make man"'
		;;
	kind)
		why=$(grep -q "^\.Ss .*Bq $name NAME" "$page" || echo "no part of its own")
		;;
	esac
	say "manual: $what $name" "$why"
done
[ "$("$mdoc" | wc -l)" -gt 20 ] || say "manual: lists" "nothing to compare with"
