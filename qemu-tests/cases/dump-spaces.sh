# The examples of conf/ with namespaces and with every kind: what dump tells of them makes
# the same.
# Runs with e1000 alone.
# shellcheck shell=sh
. /tests/dump.sh

goes_round red-blue
goes_round macvlan-netns
goes_round docker-like
goes_round lxc-like
goes_round calico-like
goes_round demo
