/** ConfigMaps: keys, size, immutability. */
@NullMarked
package dev.gantry.state.kind.core.configmap;

import org.jspecify.annotations.NullMarked;
