/** Admission policies: rules and changes in CEL, which bindings put in force. */
@NullMarked
package dev.gantry.state.kind.admissionregistration.policy;

import org.jspecify.annotations.NullMarked;
