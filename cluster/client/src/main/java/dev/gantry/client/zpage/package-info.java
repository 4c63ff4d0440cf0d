/**
 * What a component says of itself at {@code /statusz} and {@code /flagz}: its versions, since when
 * it runs, and which settings are in force; as text, or as an object for tools.
 *
 * <p>Compat: {@code k8s.io/apiserver/pkg/server/statusz} and {@code flagz} of v1.36, where both are
 * on by default. Upstream draws what delimits a name and its value at random, so that nobody parses
 * the text; here it is always the same.
 */
@NullMarked
package dev.gantry.client.zpage;

import org.jspecify.annotations.NullMarked;
