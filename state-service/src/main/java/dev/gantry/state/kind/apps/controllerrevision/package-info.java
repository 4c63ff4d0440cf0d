/** ControllerRevisions: frozen data with a number. */
@NullMarked
package dev.gantry.state.kind.apps.controllerrevision;

import org.jspecify.annotations.NullMarked;
