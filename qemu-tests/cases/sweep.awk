# Reads a file of the sweep and what nbs said of it, and prints for each complaint
#
#	FILE | KEY | VALUE | WORDS
#
# About a whole section, the key is the last one of that section, in parentheses;
# names that hold a running number are cut short.
FNR == NR {
	line[FNR] = $0
	if ($0 ~ /^\[/)
		head = FNR
	last[head] = FNR
	next
}
!match($0, /:[0-9]+: /) {
	print file " | - | - | " $0
	next
}
{
	n = substr($0, RSTART + 1, RLENGTH - 3)
	said = substr($0, RSTART + RLENGTH)
	sub(/^[^ ]*: /, "", said)
	at = n in last ? last[n] : n
	key = value = line[at]
	sub(/ = .*/, "", key)
	sub(/^[^=]*= ?/, "", value)
	sub("^" key ": ", "", said)
	if (n in last)
		key = "(" key ")"
	if (value ~ /^[a-z][0-9]+$/)
		value = substr(value, 1, 1)
	print file " | " key " | " value " | " said
}
