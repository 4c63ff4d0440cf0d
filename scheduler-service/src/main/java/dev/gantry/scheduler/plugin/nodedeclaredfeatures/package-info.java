/** What a node's kubelet can do and a pod needs. */
@NullMarked
package dev.gantry.scheduler.plugin.nodedeclaredfeatures;

import org.jspecify.annotations.NullMarked;
