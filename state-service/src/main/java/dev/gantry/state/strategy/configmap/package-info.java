/** ConfigMaps: keys, size, immutability. */
@NullMarked
package dev.gantry.state.strategy.configmap;

import org.jspecify.annotations.NullMarked;
