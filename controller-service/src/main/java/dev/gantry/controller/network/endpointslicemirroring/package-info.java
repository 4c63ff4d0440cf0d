/**
 * Copies Endpoints that people made by hand into EndpointSlices, which is what is routed by.
 *
 * <p>The Endpoints of a Service without selector and the slices mirrored so far in; slices made,
 * changed or deleted out.
 *
 * <p>Invariant: only slices that carry our own {@code managed-by} are touched.
 *
 * <p>Compat: pkg/controller/endpointslicemirroring of Kubernetes: one slice for each address family
 * and set of ports, at most a thousand addresses of each subset.
 */
@NullMarked
package dev.gantry.controller.network.endpointslicemirroring;

import org.jspecify.annotations.NullMarked;
