# From ip(8)'s and bridge(8)'s lists, in the order of lib.sh's facts, to what
# must be equal in two namespaces that hold the same topology.

def without(names): with_entries(select(.key as $k | names | index($k) | not));

# Made by the kernel from a MAC.
def from_mac: test("^(fe80|ff02):.*ff:fe|^fe80::.*ff:fe|^ff02::1:ff");

def flags: map(select(. as $f | ["NO-CARRIER", "LOWER_UP", "DORMANT", "RUNNING"] | index($f) | not));

# Identities that come from MACs, and whatever the kernel counts by itself.
def running: without(["bridge_id", "root_id", "root_port", "root_path_cost", "topology_change",
	"topology_change_detected", "hello_timer", "tcn_timer", "topology_change_timer", "gc_timer",
	"designated_bridge", "designated_port", "designated_cost", "id", "no", "message_age_timer", "forward_delay_timer",
	"hold_timer", "state", "active_slave", "ad_info", "mii_status", "link_failure_count",
	"perm_hwaddr", "ad_aggregator_id", "ad_actor_oper_port_state", "ad_actor_oper_port_state_str",
	"ad_partner_oper_port_state", "ad_partner_oper_port_state_str", "topology_change_ack",
	"config_pending", "multicast_router_timer", "fdb_n_learned"]);

def link:
	(if .master then del(.inet6_addr_gen_mode) else . end)
	| without(["ifindex", "link_index", "address", "broadcast", "permaddr", "link_netnsid",
		"operstate", "parentbus", "parentdev", "new_netnsid"])
	| if .flags | index("UP") then . else del(.qdisc) end
	| .flags |= (flags | sort)
	| if .linkinfo.info_data then .linkinfo.info_data |=
		(if .id and .protocol then running + { vlan: .id } else running end) else . end
	| if .linkinfo.info_slave_data then .linkinfo.info_slave_data |= running else . end;

def lifetime: if . == null or . == 4294967295 then . else "running" end;

def addr:
	{ ifname, addr_info: [.addr_info[] | select(.family)
		| without(["tentative", "protocol", "deprecated"])
		| .valid_life_time |= lifetime | .preferred_life_time |= lifetime
		| if .family == "inet6" and (.local | from_mac) then .local = "fe80::mac" else . end]
		| sort_by(.family, .local, .prefixlen) };

def route:
	without(["protocol", "flags", "expires", "cache", "error"])
	| if .nexthops then .nexthops |= map(without(["flags"])) else . end
	| select((.dst // "" | from_mac) | not);

# Eleven lists are one namespace.
. as $all | range(0; length; 11) | $all[.:. + 11]
| if .[0] == [] then error("no such namespace") else . end
| (.[0] | map({ key: .address, value: true } | select(.key)) | from_entries) as $macs
| {
	link: (.[0] | map(link) | sort_by(.ifname)),
	addr: (.[1] | map(addr) | sort_by(.ifname)),
	route: (.[2] | map(route) | sort),
	route6: (.[3] | map(route) | sort),
	rule: .[4],
	rule6: .[5],
	neigh: (.[6] | map(without(["router"])) | sort),
	proxy: (.[7] | sort),
	netconf: (.[8] | sort_by(.family, .interface)),
	vlan: (.[9] | sort_by(.ifname)),
	fdb: (.[10] | map(select(($macs[.mac] | not) and (.state == "permanent" or .state == "static")
		and (.mac | test("^(33:33|01:00:5e|01:80:c2)") | not))) | sort)
}
