package dev.gantry.state.kind.rbac.rolebinding;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.Printer;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Bindings in a namespace and in the cluster alike. */
final class RoleBindingPrinter implements Printer {
    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text("Role", "The role that is given."),
                Column.AGE,
                Column.wide("Users", "Users who have the role."),
                Column.wide("Groups", "Groups that have the role."),
                Column.wide("ServiceAccounts", "Service accounts that have the role."));
    }

    @Override
    public void print(ObjectNode binding, Cells row) {
        JsonNode role = binding.path("roleRef");
        row.name(binding)
                .add(Resource.text(role, "kind") + "/" + Resource.text(role, "name"))
                .age(binding);
        for (String kind : List.of("User", "Group", "ServiceAccount")) {
            row.add(subjects(binding, kind));
        }
    }

    private static String subjects(ObjectNode binding, String kind) {
        List<String> names = new ArrayList<>();
        for (JsonNode subject : binding.path("subjects")) {
            if (Resource.text(subject, "kind").equals(kind)) {
                String name = Resource.text(subject, "name");
                names.add(
                        kind.equals("ServiceAccount")
                                ? Resource.text(subject, "namespace") + "/" + name
                                : name);
            }
        }
        return String.join(", ", names);
    }
}
