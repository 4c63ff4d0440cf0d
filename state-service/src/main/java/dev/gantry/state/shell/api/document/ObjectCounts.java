package dev.gantry.state.shell.api.document;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.state.log.StateLog;
import java.util.Set;

/**
 * How many objects there are of each resource, in Prometheus' text format.
 *
 * <p>Compat: {@code apiserver_resource_objects}, and the name that it had before.
 */
public final class ObjectCounts {
    private static final String NAME = "apiserver_resource_objects";
    private static final String FORMER = "apiserver_storage_objects";

    private ObjectCounts() {}

    public static String text(StateLog log, Set<GroupResource> resources) {
        StringBuilder now = head(NAME);
        StringBuilder former = head(FORMER);
        for (GroupResource each : resources) {
            int count = log.list(each, "").objects().size();
            now.append(NAME).append("{group=\"").append(each.group());
            now.append("\",resource=\"").append(each.plural());
            now.append("\"} ").append(count).append('\n');
            former.append(FORMER).append("{resource=\"").append(each);
            former.append("\"} ").append(count).append('\n');
        }
        return now.append(former).toString();
    }

    private static StringBuilder head(String name) {
        return new StringBuilder("# TYPE ").append(name).append(" gauge\n");
    }
}
