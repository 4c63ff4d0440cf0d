/**
 * The container runtime behind CRI v1: gRPC over a Unix socket, for containerd and CRI-O.
 *
 * <p>Translates and nothing else; every wait has a deadline. The streaming URLs that it hands out
 * lead to the runtime's own server.
 */
@NullMarked
package dev.gantry.agent.shell.cri;

import org.jspecify.annotations.NullMarked;
