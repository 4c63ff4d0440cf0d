/**
 * Where a port of a Service is served: a Service and its EndpointSlices in, endpoints out.
 *
 * <p>For those that reach Services from outside the nodes, where cluster IPs mean nothing. Pure;
 * whether an endpoint may be reached is for its caller to judge.
 */
@NullMarked
package dev.gantry.model.endpoint;

import org.jspecify.annotations.NullMarked;
