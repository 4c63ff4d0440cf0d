/**
 * Requests that a node's agent, a pod or a Service answers: objects and a query in, the place to go
 * to or a refusal out.
 *
 * <p>Compat: {@code pkg/registry/core/pod/strategy.go} and its neighbours for services and nodes.
 * Opens no connection and looks no object up.
 */
@NullMarked
package dev.gantry.gateway.node;

import org.jspecify.annotations.NullMarked;
