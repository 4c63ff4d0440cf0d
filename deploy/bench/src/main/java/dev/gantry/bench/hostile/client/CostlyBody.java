package dev.gantry.bench.hostile.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A dry run whose body makes work out of proportion to its size.
 *
 * @param path below the ConfigMaps of the namespace
 */
record CostlyBody(
        String name, int pace, String method, String path, String contentType, byte[] body)
        implements Hostile {
    /** Every namespace has it. */
    private static final String VICTIM = "/kube-root-ca.crt";

    /** 5,000 owners that all want to be the controller. */
    static CostlyBody manyOwners() {
        return creating(
                "many-owners",
                4,
                """
                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"owned","ownerReferences":[%s]}}""",
                listed(
                        5_000,
                        """
                        {"apiVersion":"v1","kind":"Pod","name":"p","uid":"%d","controller":true}"""
                                ::formatted));
    }

    /** 800 labels that are wrong in their names and in their values. */
    static CostlyBody manyFaults() {
        String wrong = "no label!".repeat(20);
        return creating(
                "many-faults",
                10,
                """
                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"wrong","labels":{%s}}}""",
                listed(800, i -> "\"%s %d\":\"%s\"".formatted(wrong, i, wrong)));
    }

    /** A JSON patch of 2 kB that copies an object into itself, which doubles it each time. */
    static CostlyBody copyingPatch() {
        String body =
                """
                [{"op":"add","path":"/data","value":{"a":"0123456789abcdef"}},%s]"""
                        .formatted(
                                listed(
                                        24,
                                        """
                                        {"op":"copy","from":"/data","path":"/data/c%d"}"""
                                                ::formatted));
        return new CostlyBody(
                "copying-patch",
                4,
                "PATCH",
                VICTIM,
                "application/json-patch+json",
                body.getBytes(UTF_8));
    }

    private static CostlyBody creating(String name, int pace, String object, String content) {
        byte[] body = object.formatted(content).getBytes(UTF_8);
        return new CostlyBody(name, pace, "POST", "", "application/json", body);
    }

    private static String listed(int count, IntFunction<String> item) {
        return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(","));
    }

    @Override
    public Caller caller() {
        return Caller.USER;
    }

    @Override
    public void attempt(Ground ground) throws IOException {
        ground.exchange(method, ground.configMaps() + path + "?dryRun=All", contentType, body);
    }
}
