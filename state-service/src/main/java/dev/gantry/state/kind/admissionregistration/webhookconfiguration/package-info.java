/** Configurations of mutating and validating webhooks: who is asked about which requests. */
@NullMarked
package dev.gantry.state.kind.admissionregistration.webhookconfiguration;

import org.jspecify.annotations.NullMarked;
