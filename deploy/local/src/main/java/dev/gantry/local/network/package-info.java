/** The host's side of the nodes' network: bridge, veth pairs, masquerading. */
@NullMarked
package dev.gantry.local.network;

import org.jspecify.annotations.NullMarked;
