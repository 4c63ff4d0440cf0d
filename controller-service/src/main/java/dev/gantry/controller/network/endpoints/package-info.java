/**
 * Keeps the legacy Endpoints of Services: one object per Service, first address family only.
 *
 * <p>A {@link dev.gantry.controller.network.endpoints.EndpointsView} in; one object made, changed
 * or deleted out.
 *
 * <p>Compat: pkg/controller/endpoint of Kubernetes. Terminating pods are left out; beyond a
 * thousand addresses the rest is left out too, and an annotation says so.
 */
@NullMarked
package dev.gantry.controller.network.endpoints;

import org.jspecify.annotations.NullMarked;
