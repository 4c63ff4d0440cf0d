package dev.gantry.bench.hostile.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An object with 800 labels that are wrong in their names and in their values. */
final class ManyFaults implements Hostile {
    private static final byte[] BODY = body().getBytes(UTF_8);

    @Override
    public String name() {
        return "many-faults";
    }

    @Override
    public Caller caller() {
        return Caller.USER;
    }

    @Override
    public int pace() {
        return 10;
    }

    @Override
    public void attempt(Ground ground) throws IOException {
        ground.exchange("POST", ground.configMaps() + "?dryRun=All", "application/json", BODY);
    }

    private static String body() {
        String wrong = "no label!".repeat(20);
        return IntStream.range(0, 800)
                .mapToObj(i -> "\"%s %d\":\"%s\"".formatted(wrong, i, wrong))
                .collect(
                        Collectors.joining(
                                ",",
                                """
                                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"wrong","labels":{""",
                                "}}}"));
    }
}
