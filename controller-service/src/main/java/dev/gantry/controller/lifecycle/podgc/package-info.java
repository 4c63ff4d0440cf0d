/**
 * Removes pods that no agent will end any more: those of nodes that are gone, those that were being
 * deleted before they had a node, and the oldest finished ones when there are very many.
 *
 * <p>Compat: pkg/controller/podgc of Kubernetes. A node that the cache does not know is looked up
 * at the API instead of waiting for forty seconds.
 */
@NullMarked
package dev.gantry.controller.lifecycle.podgc;

import org.jspecify.annotations.NullMarked;
