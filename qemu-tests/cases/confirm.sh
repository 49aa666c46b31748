# What is on trial goes back to what was applied before, unless somebody says in time
# that it may stay; and all the more when the way to the machine is what broke.
# Runs with virtio-net-pci alone.
# shellcheck shell=sh
status=0

conf /tmp/old.conf <<-'X'
[global]
ip-forward = no
[nic eth0]
address = 10.3.0.1/24
gateway = 10.3.0.254
[vlan eth0.7]
parent = eth0
id = 7
address = 10.7.0.1/24
X
conf /tmp/new.conf <<-'X'
[global]
ip-forward = yes
hostname = other
[nic eth0]
address = 10.4.0.1/24
[nic eth1]
mtu = 1400
[vlan eth0.7]
parent = eth0
id = 8
address = 10.8.0.1/24
[bridge d0]
X

has() {
	ip -4 addr show dev "$1" | grep -q "inet $2/"
}
gone_back() {
	pid=$(head -n 1 /run/nbs/lock)
	wait_for 20 sh -c "! kill -0 $pid 2>/dev/null"
}

state - >/tmp/before
exits 'on trial, with nothing before' 0 -c /tmp/new.conf up --confirm 1
check 'it is said' grep -q "goes back in 1 s, unless 'nbs confirm'" /tmp/err
check 'it is there meanwhile' ip link show d0
exits 'another up meanwhile' 2 -c /tmp/old.conf up
check 'which says why' grep -q "waits for 'nbs confirm'" /tmp/err
exits 'and down' 2 down
gone_back
state - >/tmp/after
check 'all is as before' diff -U 3 /tmp/before /tmp/after
exits 'then there is nothing to confirm' 2 confirm
check 'which is said' grep -q 'nothing waits to be confirmed' /tmp/err

exits 'an up' 0 -c /tmp/old.conf up
state - >/tmp/before
exits 'another, on trial' 0 -c /tmp/new.conf up --confirm 1
check 'it is there' ip link show d0
gone_back
state - >/tmp/after
check 'the first is back' diff -U 3 /tmp/before /tmp/after
nbs -v -c /tmp/old.conf up || :
equal 'and an up has nothing to do' '0 ' "$status $(cat /tmp/err)"
check 'that it went back is in the log of the kernel' sh -c 'dmesg | grep -q "nbs: not confirmed in time"'

exits 'on trial once more' 0 -c /tmp/new.conf up --confirm 20
exits 'and confirmed' 0 confirm
nbs -v -c /tmp/new.conf up || :
equal 'it has stayed' '0 ' "$status $(cat /tmp/err)"
exits 'confirmed twice' 2 confirm

# Too late: while it goes back.
exits 'on trial, for one who hesitates' 0 -c /tmp/old.conf up --confirm 20
timeout 20 strace -f -o /dev/null -e trace=write -e inject=write:delay_enter=300000 \
	-p "$(head -n 1 /run/nbs/lock)" 2>/dev/null &
sleep 0.5
kill "$(head -n 1 /run/nbs/lock)"
wait_for 5 grep -q returns /run/nbs/lock
exits 'an up meanwhile' 2 -c /tmp/new.conf up
check 'is told that it goes back' grep -q 'goes back to what was applied before' /tmp/err
exits 'too late' 2 confirm
check 'which is said' grep -q 'too late: process [0-9]* has gone back' /tmp/err
nbs -v -c /tmp/new.conf up || :
equal 'it has gone back' '0 ' "$status $(cat /tmp/err)"

# What fails or is late is on trial, too.
printf '[nic eth0]\naddress = 10.5.0.1/24\n[nic none0]\nwait = carrier\n' | conf /tmp/late.conf
exits 'late, on trial' 3 -c /tmp/late.conf up -t 1 --confirm 1
check 'what could be done is there' has eth0 10.5.0.1
gone_back
nbs -v -c /tmp/new.conf up || :
equal 'it goes back as well' '0 ' "$status $(cat /tmp/err)"
printf '[nic eth0]\nmtu = 5\n' | conf /tmp/wrong.conf
exits 'a file with a mistake' 2 -c /tmp/wrong.conf up --confirm 1
exits 'leaves nothing to confirm' 2 confirm

# SIGTERM has it go back at once; a hangup has it do nothing.
exits 'on trial for long' 0 -c /tmp/old.conf up --confirm 100
kill "$(head -n 1 /run/nbs/lock)"
gone_back
nbs -v -c /tmp/new.conf up || :
equal 'until it is told to go back' '0 ' "$status $(cat /tmp/err)"
exits 'on trial, and its terminal hangs up' 0 -c /tmp/old.conf up --confirm 100
kill -HUP "$(head -n 1 /run/nbs/lock)"
exits 'which it does not mind' 0 confirm
exits 'down' 0 down

# By a connection that does not live through it.
ip netns add far
ip link add w0 type veth peer name w1 netns far
ip -n far addr add 10.6.0.2/24 dev w1
ip -n far link set w1 up
printf '[nic w0]\naddress = 10.6.0.1/24\n' | conf /tmp/near.conf
printf '[nic w0]\naddress = 10.66.0.1/24\n' | conf /tmp/away.conf
exits 'a way to the machine' 0 -c /tmp/near.conf up
nc -l -p 99 -e /bin/sh 2>/dev/null &
remote=$!
sleep 0.5
{
	echo 'nbs -c /tmp/away.conf up --confirm 2; echo never heard of'
	sleep 6
} | timeout 6 ip netns exec far nc 10.6.0.1 99 >/tmp/heard 2>&1 &
wait_for 5 has w0 10.66.0.1
kill -KILL $remote 2>/dev/null || :
fails 'it is cut off' timeout 1 ip netns exec far ping -c 1 -W 1 10.6.0.1
gone_back
check 'and back again' ip netns exec far ping -c 1 -W 1 10.6.0.1
