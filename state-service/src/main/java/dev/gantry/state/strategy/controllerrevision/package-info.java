/** ControllerRevisions: frozen data with a number. */
@NullMarked
package dev.gantry.state.strategy.controllerrevision;

import org.jspecify.annotations.NullMarked;
