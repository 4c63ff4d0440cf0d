/** ReplicationControllers: a number of pods, and a selector that is a map of labels. */
@NullMarked
package dev.gantry.state.kind.core.replicationcontroller;

import org.jspecify.annotations.NullMarked;
