/**
 * Tells each node for how long it may keep Secrets and ConfigMaps before it asks for them again:
 * the longer, the more nodes there are.
 *
 * <p>The number of nodes and what a node was told in; an annotation out.
 *
 * <p>Compat: pkg/controller/ttl. Gantry's agent watches what it needs and does not read it; a
 * kubelet with the strategy Cache does.
 */
@NullMarked
package dev.gantry.controller.node.ttl;

import org.jspecify.annotations.NullMarked;
