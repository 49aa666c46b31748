# Completion of nbs for fish(1).  What there is to complete, nbs says itself: --help
# has the commands and their options, keys has the kinds, and its files have the links.

# The names of links that have a section in what is read; string itself reads a pipe only.
function __nbs_sections
    cat | string replace -rf '^\s*\[\s*(?!netns\s|sysctl\s)[a-z]+\s+([^]]*[^]\s])\s*\].*' '$1'
end

# Files, folders of them, and the kernel command line: down reads none, but what is applied.
function __nbs_links --argument-names program command line
    set -l files $argv[4..]
    if test "$command" = down -a -r /run/nbs/applied.conf
        set files /run/nbs/applied.conf
    else if test -z "$files$line"
        set files /etc/nbs.conf
    end
    for file in $files
        set file (string replace -r -- '^~/' "$HOME/" $file)
        if test -d $file
            set file $file/*.conf
        end
        test -z "$file"; or cat -- $file 2>/dev/null | __nbs_sections
    end
    test -z "$line"; or $program -q cmdline $line 2>/dev/null | __nbs_sections
end

function __nbs
    set -l words (commandline -opc)
    set -l program $words[1]
    set -l help ($program --help 2>/dev/null)
    set -l usage (string replace -rf -- '^usage: nbs' '' $help) ' --help --version'
    set -l command
    set -l option
    set -l takes
    set -l line
    set -l files

    for word in $words[2..]
        if test -n "$takes"
            test "$option" = -c; and set -a files $word
            test "$option" = -K; and set line $word
            set takes
        else if string match -q -- '-*' $word
            set option $word
            set takes (string match -rg -- '(?:^|[[ ])'(string escape --style=regex -- $word)' ([A-Za-z][^] ]*)' $usage)[1]
            test "$option" = -k; and set line /proc/cmdline
        else if test -z "$command"
            set command $word
            set -a usage (string replace -rf -- '^  '(string escape --style=regex -- $command)' (.*?)(  .*)?$' '$1' $help)
        end
    end
    if test "$takes" = FILE
        __fish_complete_path (commandline -ct)
    else if string match -q -- '*|*' $takes
        string split '|' -- $takes
    else if test -n "$takes"
        return
    else if string match -q -- '-*' (commandline -ct)
        string match -ra -- '-[-A-Za-z]+' $usage
    else if test -z "$command"
        string replace -rf -- '^  ([a-z]+) .*  (.*)$' '$1\t$2' $help
    else if string match -q -- '*[LINK...]*' $usage
        __nbs_links $program $command "$line" $files
    else if string match -q -- '*[FILE]*' $usage
        __fish_complete_path (commandline -ct)
    else if string match -q -- '*[KIND]*' $usage
        $program keys 2>/dev/null | string replace -rf '^  \[([a-z]+) .*' '$1'
    end
end

complete -c nbs -f -a '(__nbs)'
