package dev.gantry.state.shell.api;

import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.admission.plugin.AdmissionConfiguration;
import dev.gantry.state.allocation.AddressRange;
import dev.gantry.state.allocation.PortRange;
import dev.gantry.state.allocation.ServiceAllocation;
import dev.gantry.state.history.History;
import dev.gantry.state.history.HistoryPoint;
import dev.gantry.state.history.PointInTime;
import dev.gantry.state.kind.BuiltinKinds;
import dev.gantry.state.log.InMemoryStateLog;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.shell.api.token.TokenSigner;
import dev.gantry.state.shell.catalog.CurrentCatalog;
import dev.gantry.state.shell.catalog.CustomResourceDefinitions;
import dev.gantry.state.shell.catalog.Dependencies;
import dev.gantry.state.shell.catalog.Instances;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** A state service over a log in memory, at a fixed time, and shorthand to ask it. */
final class TestApi {
    static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    final CurrentCatalog catalog = new CurrentCatalog(BuiltinKinds.CATALOG);
    final InMemoryStateLog log = new InMemoryStateLog(catalog);
    final KeyPair keys = keys();

    /** May be replaced; it remembers nothing. */
    History history = new Forgetful();

    /** What is told of the database. */
    volatile boolean isWritable = true;

    final StateBackend backend;

    private final Caller caller = caller("alice", "system:masters", "system:authenticated");

    /** What came back, parsed. */
    record Answer(int code, JsonNode body, SortedMap<String, String> headers) {
        JsonNode at(String pointer) {
            return body.at(pointer);
        }

        String text(String pointer) {
            return body.at(pointer).asString("");
        }

        String message() {
            return text("/message");
        }
    }

    TestApi() {
        this(AdmissionConfiguration.NONE);
    }

    TestApi(AdmissionConfiguration admission) {
        this.backend =
                new StateBackend(
                        new StateBackend.Ground(
                                log,
                                new Replaceable(),
                                catalog,
                                new TokenSigner(
                                        "https://kubernetes.default.svc.cluster.local",
                                        keys.getPrivate(),
                                        (ECPublicKey) keys.getPublic()),
                                new ServiceAllocation(
                                        List.of(
                                                AddressRange.parse("10.96.0.0/24"),
                                                AddressRange.parse("fd00:10:96::/112")),
                                        PortRange.parse("30000-30009")),
                                admission,
                                new StateBackend.Door(
                                        () -> true, () -> isWritable, () -> true, "10.0.0.1:6443")),
                        Clock.fixed(NOW, ZoneOffset.UTC));
    }

    static TestApi withNamespace(String name) throws InterruptedException {
        TestApi api = new TestApi();
        api.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"" + name + "\"}}");
        return api;
    }

    static Caller caller(String user, String... groups) {
        return new Caller(user, "", List.of(groups), new TreeMap<>());
    }

    /** Serves what definitions of custom resources define, until it is closed. */
    CustomResourceDefinitions followDefinitions() {
        return new CustomResourceDefinitions(
                        new Dependencies(log, catalog, new Instances(backend), _ -> true),
                        InstantSource.fixed(NOW))
                .start();
    }

    Answer get(String path) {
        return ask("GET", path, "", "application/json");
    }

    Answer post(String path, String body) {
        return ask("POST", path, body, "application/json");
    }

    Answer put(String path, String body) {
        return ask("PUT", path, body, "application/json");
    }

    Answer patch(String path, String type, String body) {
        return ask("PATCH", path, body, "application/" + type);
    }

    Answer delete(String path) {
        return ask("DELETE", path, "", "application/json");
    }

    Answer delete(String path, String body) {
        return ask("DELETE", path, body, "application/json");
    }

    Answer ask(String method, String path, String body, String contentType) {
        return read(raw(method, path, body, Map.of("content-type", contentType)));
    }

    Answer ask(Caller who, String method, String path, byte[] body, String contentType) {
        return read(raw(who, method, path, body, Map.of("content-type", contentType)));
    }

    private static Answer read(ApiReply reply) {
        byte[] bytes =
                switch (reply) {
                    case ApiReply.Whole whole -> whole.body();
                    case ApiReply.Streaming streaming -> drain(streaming);
                };
        JsonNode body =
                reply.contentType().startsWith("text/")
                        ? JsonNodeFactory.instance.objectNode()
                        : JsonMapper.shared().readTree(bytes);
        return new Answer(reply.code(), body, reply.headers());
    }

    ApiReply raw(String method, String path, String body, Map<String, String> headers) {
        return raw(method, path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    ApiReply raw(String method, String path, byte[] body, Map<String, String> headers) {
        return raw(caller, method, path, body, headers);
    }

    ApiReply raw(Caller who, String method, String path, byte[] body, Map<String, String> headers) {
        int mark = path.indexOf('?');
        var all = new TreeMap<String, String>();
        all.put("accept", "application/json");
        all.put("user-agent", "test/1.0");
        all.putAll(headers);
        return backend.serve(
                new ApiCall(
                        method,
                        mark < 0 ? path : path.substring(0, mark),
                        mark < 0 ? "" : path.substring(mark + 1),
                        all,
                        body,
                        who));
    }

    private static byte[] drain(ApiReply.Streaming streaming) {
        var out = new java.io.ByteArrayOutputStream();
        try (var frames = streaming.frames()) {
            byte[] next = frames.next();
            while (next != null) {
                out.writeBytes(next);
                next = frames.next();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return out.toByteArray();
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException noCurve) {
            throw new IllegalStateException(noCurve);
        }
    }

    /** Asks whatever history the test has set by then. */
    private final class Replaceable implements History {
        @Override
        public PointInTime find(HistoryPoint moment) {
            return history.find(moment);
        }

        @Override
        public Optional<StoredObject> get(ObjectKey key, Revision at) {
            return history.get(key, at);
        }

        @Override
        public List<StoredObject> list(GroupResource resource, String namespace, Revision at) {
            return history.list(resource, namespace, at);
        }
    }

    /** Remembers nothing. */
    private static final class Forgetful implements History {
        @Override
        public PointInTime find(HistoryPoint moment) {
            return new PointInTime.Forgotten("there is no history here");
        }

        @Override
        public Optional<StoredObject> get(ObjectKey key, Revision at) {
            return Optional.empty();
        }

        @Override
        public List<StoredObject> list(GroupResource resource, String namespace, Revision at) {
            return List.of();
        }
    }
}
