# Every key of every table at both ends of its range, with each of its words, as yes
# and as no: nbs/test/tool/sweep.c makes the files.  What the kernel refuses is listed
# in sweep.refused, with the reason.  The rest must be there: a second up, of the
# file without what was refused, has nothing to do.  A key that is newer than the kernel
# is refused with the version that it came with.

# what_is_listed FILE: rows of the list for this file, this boot's NICs and kernel, without
# the reason.
what_is_listed() {
	awk -F ' [|] ' -v OFS=' | ' -v file="$1" -v model="$(model)" -v release="$(uname -r)" '
	function number(text) { split(text, v, "[.-]"); return v[1] * 1000 + v[2] }
	function fits(tag) {
		if (tag ~ /^[<>=]/)
			return tag ~ /^</ ? number(release) < number(substr(tag, 2)) : number(release) >= number(substr(tag, 3))
		return tag == model
	}
	!/^#/ && NF >= 5 {
		n = split($1, tags, "@")
		for (i = 2; i <= n; i++)
			if (!fits(tags[i]))
				next
		if (tags[1] == file)
			print file, $2, $3, $4
	}' /tests/cases/sweep.refused
}

# without_new: stdin without refusals of what is newer than the kernel, which may have it
# all the same: releases of a stable kernel take new sysctls over.
without_new() {
	while IFS= read -r line; do
		since=${line##*it came with Linux }
		if [ "$since" = "$line" ] || ! older_than "${since%% *}"; then
			echo "$line"
		fi
	done
}

# without_refused CONF: the file without lines that were complained about, and
# without the keys of sections that were.
without_refused() {
	awk -v bad="$(sed -n 's/^[^:]*:\([0-9]*\): .*/\1/p' /tmp/err | tr '\n' ' ')" '
	BEGIN { n = split(bad, list); for (i = 1; i <= n; i++) out[list[i]] }
	/^\[/ { skip = FNR in out || (skip && /^\[peer/) }
	!skip && !(FNR in out)' "$1"
}

status=0
sweep() {
	file=$(basename "${1%.conf}" | sed 's/\.[0-9]*$//')
	began=$(now)
	nbs -c "$1" up -t 5 || :
	first=$status
	awk -v file="$file" -f /tests/cases/sweep.awk "$1" /tmp/err | sort >/tmp/said.refused
	cat /tmp/said.refused >>"/tmp/refused.$file"
	without_refused "$1" >/tmp/rest.conf
	# What was taken and is not told is taken back.
	[ ! -s /tmp/said.refused ] || nbs -c /tmp/rest.conf up -t 5 || :
	nbs -v -c /tmp/rest.conf up -t 5 || :
	if [ -s /tmp/err ] || [ "$status" != 0 ]; then
		not_ok "$file: what was set is there" "a second up of $(basename "$1") ends with $status, and was to do nothing
$(cut -c -400 /tmp/err)"
	fi
	if [ "$first" != 0 ] && { [ "$first" != 1 ] || [ ! -s /tmp/said.refused ]; }; then
		not_ok "$file: exit status" "$first, for $(basename "$1")
$(cat /tmp/said.refused)"
	fi
	nbs down || not_ok "$file: down" "$(cat /tmp/err)"
	echo "# $(basename "$1"): $(($(now) - began))/100 s, $(grep -c = "$1") values"
}

for conf in /tests/sweep/*.conf; do
	sweep "$conf"
done

for said in /tmp/refused.*; do
	file=${said##*.}
	without_new <"$said" | sort >/tmp/have
	what_is_listed "$file" | sort >/tmp/want
	if why=$(diff -U 0 /tmp/want /tmp/have); then
		ok "$file: $(cat /tests/sweep/"$file".*conf | grep -c =) values, all refusals explained"
	else
		not_ok "$file: refusals" "listed and not refused (-), refused and not listed (+)
$(echo "$why" | sed 1,2d | cut -c -300)"
	fi
done
