#!/bin/sh
# dracut: an nbs that nobody waited for does not go on beside the network of the root.

# The file is there and empty until nbs has been started, which takes no time worth mention.
tries=50
while [ -e /tmp/nbs.pid ] && [ ! -s /tmp/nbs.pid ] && [ "$tries" -gt 0 ]; do
    sleep 0.1
    tries=$((tries - 1))
done
# What has ended meanwhile has taken the file away.
{ read -r pid </tmp/nbs.pid && kill "$pid"; } 2>/dev/null || :
