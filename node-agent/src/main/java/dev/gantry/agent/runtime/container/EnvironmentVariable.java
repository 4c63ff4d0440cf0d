package dev.gantry.agent.runtime.container;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** One variable of a container's environment. */
public record EnvironmentVariable(String name, String value) {
    /** Their values by name; of several with one name the last one counts. */
    public static SortedMap<String, String> byName(List<EnvironmentVariable> variables) {
        SortedMap<String, String> values = new TreeMap<>();
        variables.forEach(each -> values.put(each.name(), each.value()));
        return values;
    }
}
