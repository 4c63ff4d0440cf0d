package dev.gantry.bench.api;

import dev.gantry.bench.client.ConfigMaps;
import dev.gantry.bench.client.RawConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The objects that requests are about. */
public enum Subject {
    CONFIGMAPS("/api/v1", "configmaps"),
    /** No scheduler places them, so that nothing but the API is measured. */
    PODS("/api/v1", "pods"),
    /** As large as the ConfigMaps, of a kind that is defined for them. */
    CUSTOM("/apis/bench.gantry.dev/v1", "benchitems");

    private static final String DEFINITION =
            """
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",\
            "metadata":{"name":"benchitems.bench.gantry.dev"},"spec":{"group":"bench.gantry.dev",\
            "scope":"Namespaced","names":{"plural":"benchitems","singular":"benchitem",\
            "kind":"BenchItem","listKind":"BenchItemList"},"versions":[{"name":"v1","served":true,\
            "storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{\
            "type":"object","required":["zone"],"properties":{\
            "key":{"type":"string","minLength":1},\
            "zone":{"type":"string","pattern":"^[a-z]+-[0-9]+$"},\
            "replicas":{"type":"integer","minimum":0,"default":1}}}}}}}]}}""";

    private static final int CREATED = 201;
    private static final int EXISTS = 409;

    private final String root;
    private final String plural;

    Subject(String root, String plural) {
        this.root = root;
        this.plural = plural;
    }

    String path(String namespace) {
        return root + "/namespaces/" + namespace + "/" + plural;
    }

    byte[] json(int number) {
        return switch (this) {
            case CONFIGMAPS -> ConfigMaps.json(number);
            case PODS ->
                    bytes(
                            """
                            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"bench-%d",\
                            "labels":{"app":"bench"}},"spec":{"schedulerName":"nobody",\
                            "containers":[{"name":"pause","image":"registry.k8s.io/pause:3.10.1",\
                            "resources":{"requests":{"cpu":"100m","memory":"500Mi"}}}]}}"""
                                    .formatted(number));
            case CUSTOM ->
                    bytes(
                            """
                            {"apiVersion":"bench.gantry.dev/v1","kind":"BenchItem","metadata":{\
                            "name":"bench-%d","labels":{"app":"bench"}},"spec":{"key":"%s",\
                            "zone":"north-%d"}}"""
                                    .formatted(number, "0123456789".repeat(25), number));
        };
    }

    /** Makes what has to be there before the first of them is made. */
    void prepare(RawConnection connection, String namespace) throws IOException {
        switch (this) {
            case CONFIGMAPS -> {}
            case PODS ->
                    make(
                            connection,
                            "/api/v1/namespaces/" + namespace + "/serviceaccounts",
                            """
                            {"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"default"}}""");
            case CUSTOM -> {
                make(
                        connection,
                        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                        DEFINITION);
                while (connection.exchange("GET", path(namespace), new byte[0]) != 200) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    private static void make(RawConnection connection, String path, String json)
            throws IOException {
        int code = connection.exchange("POST", path, bytes(json));
        if (code != CREATED && code != EXISTS) {
            throw new IOException(path + " answered " + code);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
