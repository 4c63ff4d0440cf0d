/**
 * ReplicationControllers: kept and scaled as upstream does. No controller here makes pods of them.
 */
@NullMarked
package dev.gantry.state.kind.core.replicationcontroller;

import org.jspecify.annotations.NullMarked;
