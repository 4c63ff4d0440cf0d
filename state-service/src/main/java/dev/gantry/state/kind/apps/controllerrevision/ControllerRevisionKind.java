package dev.gantry.state.kind.apps.controllerrevision;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Owner;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;
import dev.gantry.state.table.Texts;
import java.util.Locale;

/** What the server knows of controllerrevisions. */
public final class ControllerRevisionKind {
    private ControllerRevisionKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                Kinds.CONTROLLER_REVISION,
                new ControllerRevisionStrategy(),
                PlainPrinter.of(
                        (object, row) ->
                                row.add(
                                                new Resource(object)
                                                        .controller()
                                                        .map(ControllerRevisionKind::ownerName)
                                                        .orElse(Texts.NONE))
                                        .add(object.path("revision").asLong(0)),
                        Column.text("Controller", "Whose revision it is."),
                        // Compat: a number in a column of texts.
                        Column.text("Revision", "The number of the revision.")));
    }

    /** {@code statefulset.apps/web} */
    private static String ownerName(Owner owner) {
        String group = GroupVersionKind.of(owner.apiVersion(), owner.kind()).group();
        String kind = owner.kind().toLowerCase(Locale.ROOT);
        return (group.isEmpty() ? kind : kind + "." + group) + "/" + owner.name();
    }
}
