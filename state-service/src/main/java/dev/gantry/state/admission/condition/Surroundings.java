package dev.gantry.state.admission.condition;

import dev.gantry.state.kind.admissionregistration.expression.Judge;
import dev.gantry.state.view.View;

/**
 * What expressions may look at beside the request.
 *
 * @param judge says what callers may do
 */
public record Surroundings(View view, Judge judge) {}
