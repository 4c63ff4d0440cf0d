package dev.gantry.bench.client;

import java.nio.charset.StandardCharsets;

/** The small objects that requests are measured with: 250 bytes of text in each. */
public final class ConfigMaps {
    private ConfigMaps() {}

    public static byte[] json(int number) {
        return """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"bench-%d","labels":{"app":"bench"}},\
        "data":{"key":"%s"}}"""
                .formatted(number, "0123456789".repeat(25))
                .getBytes(StandardCharsets.UTF_8);
    }
}
