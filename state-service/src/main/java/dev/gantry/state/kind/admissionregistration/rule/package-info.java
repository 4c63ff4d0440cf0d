/** What rules and conditions of webhooks and policies are held to alike. */
@NullMarked
package dev.gantry.state.kind.admissionregistration.rule;

import org.jspecify.annotations.NullMarked;
