/** What classes of volumes hand on to their driver: rules that these kinds share. */
@NullMarked
package dev.gantry.state.kind.storage.driver;

import org.jspecify.annotations.NullMarked;
