# Runs with virtio-net-pci alone.
# What runs after up is drawn as what the file says: the same links, the same lines
# between them, and who is above whom.

# nodes EXCEPT and edges: of the drawing on stdin.
nodes() {
	sed -n 's/^\t*\(".*"\) \[label=<.*/\1/p' | grep -vxF -e "$1" | sort
}

edges() {
	sed -n 's/^\t\(".*" -- ".*"\)\(;\| \[.*\)$/\1/p' | sort
}

# text NAME: what stands in a node of what runs.
text() {
	sed -n "s#^\t*\"$1\" \[label=<\(.*\)>[],].*#\1#p" /tmp/running | sed 's#<br/># #g; s/<[^>]*>//g'
}

# draws EXAMPLE PATTERN NIC...: wanted but for a pattern, and running but for NICs
# that the file does not name, are the same.
draws() {
	example=$1 pattern=$2
	shift 2
	ups_once "$example" - <"/tests/conf/$example.conf" || return
	exits "$example: wanted" 0 graph
	cp /tmp/out /tmp/wanted
	exits "$example: running" 0 graph -r
	cp /tmp/out /tmp/running
	equal "$example: nothing to complain of" '' "$(cat /tmp/err)"
	cp /tmp/running /tmp/some
	for nic; do
		grep -v "^	*\"$nic\" " /tmp/some >/tmp/fewer
		mv /tmp/fewer /tmp/some
	done
	equal "$example: links" "$(nodes "\"$pattern\"" </tmp/wanted)" "$(nodes - </tmp/some)"
	equal "$example: lines" "$(edges </tmp/wanted)" "$(edges </tmp/some)"
}

draws demo 'eth*' eth1
equal "text of a bond" "bond0 bond, active-backup" "$(text bond0)"
equal "VLANs of a port" 1 "$(grep -c '"br0" -- "bond0" .label="  VLAN 1 42-43.l  1 untagged.l"' /tmp/running)"
nbs down

draws docker-like - eth1 eth2 eth3
equal "text of a veth" "eth0 veth 172.17.0.2/16 default via 172.17.0.1" "$(text web/eth0)"
# Two pairs whose ends have the same indexes, in four namespaces.
spaces a b c d
ip -n a link add v index 70 type veth peer name v index 71 netns b
ip -n c link add v index 70 type veth peer name v index 71 netns d
ip link add w0 type veth peer name w1
nbs graph -r
equal "cables between namespaces" '"b/v" -- "a/v"
"d/v" -- "c/v"' "$(edges </tmp/out | grep '/v"')"
equal "a cable within one" 1 "$(edges </tmp/out | grep -c '"w[01]" -- "w[01]"')"
nbs down
