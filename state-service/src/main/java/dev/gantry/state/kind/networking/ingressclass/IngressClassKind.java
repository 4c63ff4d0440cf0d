package dev.gantry.state.kind.networking.ingressclass;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;
import dev.gantry.state.table.Printer;
import dev.gantry.state.table.Texts;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the server knows of ingressclasses. */
public final class IngressClassKind {
    private static final String IS_DEFAULT = "ingressclass.kubernetes.io/is-default-class";

    /** Compat: the columns of {@code pkg/printers}. */
    private static final Printer PRINTER =
            new PlainPrinter(
                    List.of(
                            Column.NAME,
                            Column.text("Controller", "The controller that serves the class."),
                            Column.text("Parameters", "Where more is said for the controller."),
                            Column.AGE),
                    IngressClassKind::print);

    private IngressClassKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(Kinds.INGRESS_CLASS, new IngressClassStrategy(), PRINTER);
    }

    private static void print(ObjectNode object, Cells row) {
        Resource resource = new Resource(object);
        boolean isDefault = "true".equals(resource.annotations().get(IS_DEFAULT));
        row.add(isDefault ? resource.name() + " (default)" : resource.name())
                .add(Resource.text(resource.spec(), "controller"))
                .add(parameters(resource.spec().path("parameters")))
                .age(object);
    }

    private static String parameters(JsonNode parameters) {
        if (!parameters.isObject()) {
            return Texts.NONE;
        }
        String group = Resource.text(parameters, "apiGroup");
        return Resource.text(parameters, "kind")
                + (group.isEmpty() ? "" : "." + group)
                + "/"
                + Resource.text(parameters, "name");
    }
}
