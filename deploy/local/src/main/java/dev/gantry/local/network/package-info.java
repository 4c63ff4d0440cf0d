/** The host's side of the nodes' network: bridge, cables, masquerading. */
@NullMarked
package dev.gantry.local.network;

import org.jspecify.annotations.NullMarked;
