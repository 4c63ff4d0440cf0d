/**
 * Which pods stand behind a Service, and on which ports.
 *
 * <p>A Service and pods in, backends out; both kinds of endpoints are made of these.
 */
@NullMarked
package dev.gantry.controller.network.endpoints.shared;

import org.jspecify.annotations.NullMarked;
