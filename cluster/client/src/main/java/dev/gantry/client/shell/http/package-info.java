/**
 * The Kubernetes API as its clients see it.
 *
 * <p>Trees in, trees out; refusals and lost connections are exceptions.
 */
@NullMarked
package dev.gantry.client.shell.http;

import org.jspecify.annotations.NullMarked;
