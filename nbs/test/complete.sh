#!/bin/sh
# What the shells offer where nbs is completed: the same in all, and never more than names.
# NBS is the binary.
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
ln -s "$(realpath "${NBS:-build/nbs}")" "$dir/nbs"
PATH=$dir:$PATH
export HOME="$dir" # whoever tests has files of his own for shells
failed=0

mkdir "$dir/d"
cat >"$dir/d/a.conf" <<'X'
[global]
hostname = x
 [ vlan  br0.7 ] ; comment
[netns blue]
[veth blue/eth0]
[sysctl blue]
[nic eth*]
#[dummy no]
X
echo '[bridge br0]' >"$dir/d/b.conf"
echo 'vlan=eth0.7:eth0 ip=eth9:dhcp' >"$dir/line"
printf '[dummy %s]\n' '$(>pwned)' '`>pwned`' "it's\"" '-x' >"$dir/odd.conf"

# Each offers what fits the last word, a line each; words are handed over as they are.
cat >"$dir/bash.sh" <<'X'
. nbs/complete/nbs.bash
COMP_WORDS=(nbs "$@") COMP_CWORD=$#
_nbs
for word in "${COMPREPLY[@]}"; do eval "printf '%s\n' $word"; done
X
cat >"$dir/zsh.sh" <<'X'
compadd() {
	local -a offered
	while [[ $1 == -* ]]; do
		[[ $1 != -a ]] || offered=(${(P)2})
		[[ $1 != -- ]] || { shift; offered=($@); break }
		shift
	done
	print -rl -- ${(M)offered:#${(b)PREFIX}*}
}
_describe() { local -a names=(${${(P)2}%%:*}); compadd -a names }
_files() { print -rl -- $PREFIX*(N) }
_message() { }
words=(nbs "${(@q)@}") CURRENT=$(($# + 1)) PREFIX=$@[-1]
. nbs/complete/_nbs
X
cat >"$dir/fish.sh" <<'X'
source nbs/complete/nbs.fish
complete -C "nbs "(string join ' ' -- (string escape -- $argv[1..-2]) "$argv[-1]") | string replace -r '\t.*' ''
X

# offers NAME EXPECTED WORD...: sorted, in one line.
offers() {
	name=$1 want=$2
	shift 2
	for shell in $shells; do
		have=$("$shell" "$dir/$shell.sh" "$@" 2>&1 |
			LC_ALL=C sort -u | xargs -r -d '\n' echo)
		if [ "$have" = "$want" ]; then
			echo "ok $shell: $name"
		else
			echo "not ok $shell: $name: '$have', not '$want'"
			failed=1
		fi
	done
}

shells=''
for shell in bash zsh fish; do
	case $shell in zsh) file=_nbs ;; *) file=nbs.$shell ;; esac
	if ! command -v $shell >/dev/null; then
		echo "skip $shell: none here"
	elif why=$($shell -n nbs/complete/$file 2>&1); then
		echo "ok $shell: can read it"
		shells="$shells $shell"
	else
		echo "not ok $shell: can read it: $why"
		failed=1
	fi
done

offers 'commands' "$(sed -n 's/^\t{ "\([a-z]*\)", [a-z_]*, [a-z]* },$/\1/p' nbs/main.c | LC_ALL=C sort | xargs)" ''
offers 'a command' 'check' che
offers 'options' '--help --version -K -c -k -l -q -v' -
offers 'options of a command' '--confirm --help --version -K -c -k -l -q -t -v' up -
offers 'options of another' '-j' plan -j
offers 'what an option takes' 'kmsg stderr' -l ''
offers 'a number' '' up -t ''
all=$shells
for shells in $all; do
	case $shells in
	bash) value='--confirm = 5' ;; # as it cuts the line
	*) value='--confirm=5' ;;
	esac
	# shellcheck disable=SC2086 # words
	offers 'after a value with =' 'br0 br0.7' -c "$dir/d" up $value br
done
shells=$all
offers 'files' "$dir/odd.conf" -c "$dir/o"
offers 'a file of a command' "$dir/line" cmdline "$dir/l"
offers 'kinds' "$(nbs keys | sed -n 's/^  \[\([a-z]*\) .*/\1/p' | LC_ALL=C sort | xargs)" keys ''
offers 'links of a file' 'blue/eth0 br0.7 eth*' -c "$dir/d/a.conf" up ''
offers 'links of a folder' 'br0 br0.7' -c "$dir/d" -q plan br
offers 'links of two files' 'br0 br0.7' -c "$dir/d/a.conf" -c "$dir/d/b.conf" up up br
offers 'links of the command line' 'eth0.7 eth9' -K "$dir/line" up e
offers 'names that say something to a shell' "\$(>pwned) -x \`>pwned\` it's\"" -c "$dir/odd.conf" up ''
offers 'no arguments' '' check ''
if [ -e pwned ]; then
	echo 'not ok a name is run'
	failed=1
	rm pwned
fi

# Each option that there is, is one of some command.
options=$(sed -n 's/.*getopt_long(argc, argv, "\([^"]*\)".*/\1/p' nbs/main.c | sed 's/[:+]//g; s/./-& /g')
for option in $options; do
	if nbs --help | sed '1!s/^\(  .*\)  .*/\1/' | grep -q -e "[[ ]$option\\([] ]\\)"; then
		echo "ok --help has $option"
	else
		echo "not ok --help has $option: it does not"
		failed=1
	fi
done
exit $failed
