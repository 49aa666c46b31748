# Completion of nbs for bash(1).  What there is to complete, nbs says itself: --help
# has the commands and their options, keys has the kinds, and its files have the links.
# Whatever a name in a file holds, nothing of it is expanded.
# shellcheck shell=bash

# _nbs_usage PROGRAM [COMMAND]: the options that --help has for the command, or for all.
_nbs_usage() {
	"$1" --help 2>/dev/null | if [[ $2 ]]; then
		sed -n "s/^  $2 //p" | sed 's/  .*//'
	else
		sed -n 's/^usage: nbs//p'
		echo ' --help --version'
	fi
}

# _nbs_value USAGE OPTION: what the option takes, as it stands there; nothing, if nothing.
_nbs_value() {
	[[ $2 != *[!-A-Za-z]* ]] || return
	sed -n "s/.*[[ ]$2 \([A-Za-z][^] ]*\).*/\1/p; s/^$2 \([A-Za-z][^] ]*\).*/\1/p" <<<"$1" | head -n 1
}

# _nbs_sections FILE...: the names of links that have a section; of a folder, in its *.conf.
_nbs_sections() {
	local path
	for path; do
		path=${path/#"~/"/$HOME/}
		if [[ -d $path ]]; then
			cat -- "$path"/*.conf
		else
			cat -- "$path"
		fi 2>/dev/null
	done | sed -n 's/^[[:blank:]]*\[[[:blank:]]*\([a-z]*\)[[:blank:]]\{1,\}\([^]]*[^][:blank:]]\)[[:blank:]]*\].*/\1 \2/p' |
		sed -n '/^netns /d; /^sysctl /d; s/^[a-z]* //p'
}

# _nbs_offer: of the lines of stdin those that begin with what was typed, each as one word.
_nbs_offer() {
	local line cur=${COMP_WORDS[COMP_CWORD]}
	while read -r line; do
		printf -v line %q "$line"
		[[ $line != "$cur"* ]] || COMPREPLY+=("$line")
	done
}

_nbs_files() {
	compopt -o filenames 2>/dev/null
	mapfile -t COMPREPLY < <(compgen -f -- "${COMP_WORDS[COMP_CWORD]}")
}

_nbs() {
	local program=${COMP_WORDS[0]} cur=${COMP_WORDS[COMP_CWORD]} command='' option='' takes='' line=''
	local usage word
	local -a files=()

	COMPREPLY=()
	usage=$(_nbs_usage "$program")
	for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
		if [[ $takes && $option == --* && $word == '=' ]]; then
			: # bash(1) cuts --option=value there, by its COMP_WORDBREAKS
		elif [[ $takes ]]; then
			[[ $option != -c ]] || files+=("$word")
			[[ $option != -K ]] || line=$word
			takes=''
		elif [[ $word == -* ]]; then
			option=$word
			takes=$(_nbs_value "$usage" "$option")
			[[ $option != -k ]] || line=/proc/cmdline
		elif [[ ! $command ]]; then
			command=$word
			[[ $command == *[!a-z]* ]] || usage+=$'\n'$(_nbs_usage "$program" "$command")
		fi
	done
	case $takes in
	FILE) _nbs_files ;;
	*'|'*) _nbs_offer <<<"${takes//'|'/$'\n'}" ;;
	?*) ;;
	*) _nbs_word ;;
	esac
}

# The rest of _nbs: a word that is not the value of an option.
_nbs_word() {
	if [[ $cur == -* ]]; then
		_nbs_offer < <(grep -o -e '-[-A-Za-z]*' <<<"$usage" | sort -u)
	elif [[ ! $command ]]; then
		_nbs_offer < <("$program" --help 2>/dev/null | sed -n 's/^  \([a-z][a-z]*\) .*/\1/p' | sort -u)
	else
		case $usage in
		*'[LINK...]'*) _nbs_links ;;
		*'[FILE]'*) _nbs_files ;;
		*'[KIND]'*) _nbs_offer < <("$program" keys 2>/dev/null | sed -n 's/^  \[\([a-z]*\) .*/\1/p') ;;
		esac
	fi
}

# down reads no file: what is applied has the sections, for who may read it.
_nbs_links() {
	[[ ${files[*]} || $line ]] || files=(/etc/nbs.conf)
	[[ $command != down || ! -r /run/nbs/applied.conf ]] || files=(/run/nbs/applied.conf)
	_nbs_offer < <({
		_nbs_sections "${files[@]}"
		[[ ! $line ]] || "$program" -q cmdline "$line" 2>/dev/null | _nbs_sections -
	} | sort -u)
}

complete -F _nbs nbs
