#!/bin/sh
# dracut: an nbs that nobody waited for does not go on beside the network of the root.

if [ -s /tmp/nbs.pid ]; then
    read -r pid </tmp/nbs.pid
    kill "$pid" 2>/dev/null
fi
