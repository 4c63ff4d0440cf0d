package dev.gantry.bench.hostile.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A dry run with 5,000 owners that all want to be the controller. */
final class ManyOwners implements Hostile {
    private static final byte[] BODY = body().getBytes(UTF_8);

    @Override
    public String name() {
        return "many-owners";
    }

    @Override
    public Caller caller() {
        return Caller.USER;
    }

    @Override
    public int pace() {
        return 4;
    }

    @Override
    public void attempt(Ground ground) throws IOException {
        ground.exchange("POST", ground.configMaps() + "?dryRun=All", "application/json", BODY);
    }

    private static String body() {
        return IntStream.range(0, 5_000)
                .mapToObj(
                        """
                        {"apiVersion":"v1","kind":"Pod","name":"p","uid":"%d","controller":true}"""
                                ::formatted)
                .collect(
                        Collectors.joining(
                                ",",
                                """
                                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"owned","ownerReferences":[""",
                                "]}}"));
    }
}
