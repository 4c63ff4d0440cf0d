package dev.gantry.local.component;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The properties file of one service. It may hold passwords: written for its owner only. */
public final class ServiceProperties {
    private final TreeMap<String, String> values = new TreeMap<>();

    public void put(String key, Object value) {
        values.put(key, value.toString());
    }

    public void kafka(Map<String, String> client) {
        client.forEach((key, value) -> put("gantry.kafka.properties[" + key + "]", value));
    }

    public String text() {
        return "# Written by gantry at each start.\n" + String.join("\n", lines()) + "\n";
    }

    public List<String> lines() {
        return values.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue().replace("\\", "\\\\"))
                .toList();
    }
}
