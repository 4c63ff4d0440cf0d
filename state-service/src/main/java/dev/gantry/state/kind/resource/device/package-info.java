/** Rules that the kinds about devices share: names, selectors, requests. */
@NullMarked
package dev.gantry.state.kind.resource.device;

import org.jspecify.annotations.NullMarked;
