/** Where a cluster on this machine has its files, ports and names. Values only. */
@NullMarked
package dev.gantry.local.instance;

import org.jspecify.annotations.NullMarked;
