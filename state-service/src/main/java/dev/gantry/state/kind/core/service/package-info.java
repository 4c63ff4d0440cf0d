/**
 * Services: ports, addresses of both families, traffic policies.
 *
 * <p>Addresses and node ports are allocated by the registry.
 */
@NullMarked
package dev.gantry.state.kind.core.service;

import org.jspecify.annotations.NullMarked;
