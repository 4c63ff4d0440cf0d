/**
 * Files with which an operator configures the gateway, in the form of kube-apiserver's: a tree in,
 * values or all that is wrong with it out.
 *
 * <p>Compat: they are read strictly, as upstream does: a field that nobody knows is an error, so
 * that a slip of the pen does not silently leave a door open.
 */
@NullMarked
package dev.gantry.gateway.configuration;

import org.jspecify.annotations.NullMarked;
