package dev.gantry.state.kind.admissionregistration.policy;

import static dev.gantry.model.meta.Resource.text;

import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;
import dev.gantry.state.table.Printer;
import tools.jackson.databind.node.ObjectNode;

/** Compat: the columns of {@code pkg/printers}. */
final class PolicyColumns {
    static final Printer VALIDATING =
            PlainPrinter.of(
                    (object, row) ->
                            row.add(object.at("/spec/validations").size()).add(paramKind(object)),
                    Column.number("Validations", "How many rules there are."),
                    Column.text("ParamKind", "What its parameters are."));

    static final Printer MUTATING =
            PlainPrinter.of(
                    (object, row) ->
                            row.add(object.at("/spec/mutations").size()).add(paramKind(object)),
                    Column.number("Mutations", "How many changes there are."),
                    Column.text("ParamKind", "What its parameters are."));

    private PolicyColumns() {}

    private static String paramKind(ObjectNode policy) {
        var kind = policy.at("/spec/paramKind");
        return kind.isObject() ? text(kind, "apiVersion") + "/" + text(kind, "kind") : "<unset>";
    }
}
