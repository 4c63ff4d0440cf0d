/** Bindings of admission policies: for which requests, with which parameters, to what effect. */
@NullMarked
package dev.gantry.state.kind.admissionregistration.policybinding;

import org.jspecify.annotations.NullMarked;
