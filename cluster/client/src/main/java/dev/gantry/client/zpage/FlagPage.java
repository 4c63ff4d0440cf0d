package dev.gantry.client.zpage;

import java.util.SortedMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /flagz}: which settings are in force. */
public final class FlagPage {
    private FlagPage() {}

    /**
     * @param settings by name; none of the values is a secret
     */
    public static ZPage of(String component, SortedMap<String, String> settings) {
        StringBuilder lines = new StringBuilder();
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        ObjectNode flags = fields.putObject("flags");
        settings.forEach(
                (name, value) -> {
                    lines.append(name).append('=').append(value).append('\n');
                    flags.put(name, value);
                });
        return new ZPage(component, "Flagz", lines.toString(), fields);
    }
}
